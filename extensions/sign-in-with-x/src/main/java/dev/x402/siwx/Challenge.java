package dev.x402.siwx;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the seller declares: the message to sign but for account and network, and the networks. */
final class Challenge {
    private static final int LONGEST_URI = 1024;

    private final SignInSettings settings;
    private final Nonces nonces;

    Challenge(SignInSettings settings, Nonces nonces) {
        this.settings = settings;
        this.nonces = nonces;
    }

    /**
     * The declaration for a visit.
     *
     * @param url of the resource
     * @param chains kind of signature by network
     */
    Json.Obj declaration(String tenant, String url, Map<Network, String> chains, Instant now) {
        if (!settings.origin().begins(url)) {
            throw new IllegalStateException("sign-in: expected a resource at " + settings.origin()
                    + ", saw one at another origin; give the address of the server as the origin of the settings");
        }
        String uri = SignInMessage.isWord(url, LONGEST_URI) ? url : settings.origin() + "/";
        String issuedAt = Moment.write(now);
        String end = Moment.write(now.plus(settings.challengeFor()));
        List<String> resources = List.of(uri);
        String statement = settings.statement().orElse(null);
        Json.Obj info = Json.object()
                .put("domain", settings.origin().domain())
                .put("uri", uri)
                .put("version", SignInMessage.VERSION)
                .put("nonce", nonces.issue(tenant, said(uri, issuedAt, end, statement, resources)))
                .put("issuedAt", issuedAt)
                .put("expirationTime", end)
                .put("statement", statement)
                .put("resources", Json.texts(resources))
                .build();
        List<Json> supported = new ArrayList<>();
        chains.forEach((network, type) -> supported.add(Json.object()
                .put("chainId", network.toString())
                .put("type", type)
                .build()));
        return Json.object()
                .put("info", info)
                .put("supportedChains", new Json.Arr(supported))
                .put("schema", Schema.OF_PROOF)
                .build();
    }

    /** Whether we asked for this message, but for account, network and key of the session. */
    boolean isOurs(String tenant, SignInMessage message) {
        if (message.expirationTime() == null) {
            return false;
        }
        return nonces.isOurs(
                message.nonce(),
                tenant,
                said(
                        message.uri(),
                        message.issuedAt(),
                        message.expirationTime(),
                        message.statement(),
                        HolderKey.withoutKey(message.resources() == null ? List.of() : message.resources())));
    }

    private List<String> said(
            String uri, String issuedAt, String end, @Nullable String statement, List<String> resources) {
        List<String> said = new ArrayList<>();
        said.add(settings.origin().toString());
        said.add(uri);
        said.add(issuedAt);
        said.add(end);
        said.add(statement == null ? "-" : "+" + statement);
        said.addAll(resources);
        return said;
    }
}
