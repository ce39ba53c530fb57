package dev.x402.tck.stamp;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PaymentExtension.ClientSide;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names a stamp for each payment, and shows where it was given. */
final class StampClient implements ClientSide {
    private final StampFlaw flaw;
    private final SecureRandom random;
    private final String key;
    private final Map<String, String> given = new ConcurrentHashMap<>();

    StampClient(StampFlaw flaw, SecureRandom random, String key) {
        this.flaw = flaw;
        this.random = random;
        this.key = key;
    }

    @Override
    public Optional<Json> answer(Json declared, PaymentRequirements chosen) {
        if (flaw == StampFlaw.CASTS_THE_DECLARATION) {
            ((Json.Obj) declared).find("info").map(Json.Obj.class::cast).orElseThrow();
        }
        if (!isDeclaration(declared)) {
            return Optional.empty();
        }
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        Json.Obj info =
                Json.object().put("stamp", HexFormat.of().formatHex(bits)).build();
        return Optional.of(Json.object()
                .put("info", flaw == StampFlaw.ANSWER_REWRITES ? info.with("stamps", Json.of(false)) : info)
                .build());
    }

    @Override
    public Map<String, String> present(String url) {
        if (flaw == StampFlaw.TOKENS_BY_BEGINNING) {
            return given.entrySet().stream()
                    .filter(one -> url.startsWith(one.getKey()))
                    .findFirst()
                    .map(one -> Map.of(Stamp.HEADER, one.getValue()))
                    .orElse(Map.of());
        }
        return Optional.ofNullable(given.get(origin(url)))
                .map(token -> Map.of(Stamp.HEADER, token))
                .orElse(Map.of());
    }

    @Override
    public Map<String, String> prove(String url, PaymentRequired challenge, Instant by) {
        boolean asked = challenge.extensions() != null
                && challenge
                        .extensions()
                        .find(key)
                        .filter(StampClient::isDeclaration)
                        .isPresent();
        return asked || flaw == StampFlaw.PROVES_TO_ANYONE ? Map.of(Stamp.HEADER, "signed for " + url) : Map.of();
    }

    @Override
    public Set<String> answers() {
        return Set.of(flaw == StampFlaw.HEADER_OF_THE_PROTOCOL ? "Payment-Response" : "STAMP-GIVEN");
    }

    @Override
    public void received(String url, Map<String, String> answers) {
        String origin = origin(url);
        if (!origin.isEmpty()) {
            answers.values().forEach(token -> given.put(origin, token));
        }
    }

    private static boolean isDeclaration(Json declared) {
        return declared instanceof Json.Obj members && members.members().get("info") instanceof Json.Obj;
    }

    private static String origin(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() == null || uri.getRawUserInfo() != null
                    ? ""
                    : uri.getScheme() + "://" + uri.getRawAuthority();
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }
}
