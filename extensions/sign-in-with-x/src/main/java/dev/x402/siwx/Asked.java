package dev.x402.siwx;

import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequired;
import dev.x402.spi.PaymentExtension.Context;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A challenge that a payer may sign: it is for the origin that was visited, and says nothing on more than one line.
 *
 * @param message all but network and account
 * @param chains kind of signature by network, in the server's order
 */
record Asked(SignInMessage message, Map<Network, String> chains) {
    private static final String NOBODY = "-";
    private static final Network NOWHERE = new Network("none", "none");
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int LONGEST_TEXT = 2048;

    /** The challenge; empty when there is none, or one that is not to be signed. */
    static Optional<Asked> read(PaymentRequired challenge, Origin visited, Instant now) {
        Json.Obj extensions = challenge.extensions();
        Json declared = extensions == null ? null : extensions.members().get(SignInWithX.KEY);
        if (declared == null) {
            return Optional.empty();
        }
        try {
            JsonCursor at = JsonCursor.at("/extensions/" + SignInWithX.KEY, declared);
            Asked asked = new Asked(message(at.member("info")), chains(at.member("supportedChains")));
            return asked.isFor(visited, now) ? Optional.of(asked) : Optional.empty();
        } catch (MalformedMessageException | Unproven e) {
            return Optional.empty();
        }
    }

    private static SignInMessage message(JsonCursor info) {
        Optional<JsonCursor> resources = info.optional("resources");
        List<String> read = null;
        if (resources.isPresent()) {
            read = new ArrayList<>();
            for (JsonCursor one : resources.get().elements()) {
                read.add(word(one));
            }
        }
        String statement = info.optional("statement").map(JsonCursor::text).orElse(null);
        if (statement != null && !SignInMessage.isStatement(statement, LONGEST_TEXT)) {
            throw info.malformed("a statement of one line");
        }
        return new SignInMessage(
                word(info.member("domain")),
                NOWHERE,
                NOBODY,
                statement,
                word(info.member("uri")),
                word(info.member("version")),
                word(info.member("nonce")),
                word(info.member("issuedAt")),
                optional(info, "expirationTime"),
                optional(info, "notBefore"),
                optional(info, "requestId"),
                read);
    }

    private static @Nullable String optional(JsonCursor info, String name) {
        return info.optional(name).map(Asked::word).orElse(null);
    }

    private static String word(JsonCursor at) {
        String text = at.text();
        if (!SignInMessage.isWord(text, LONGEST_TEXT)) {
            throw at.malformed("printable characters without spaces");
        }
        return text;
    }

    private static Map<Network, String> chains(JsonCursor supported) {
        Map<Network, String> chains = new LinkedHashMap<>();
        for (JsonCursor chain : supported.elements()) {
            Optional<Network> network = Network.find(chain.member("chainId").text());
            String type = chain.member("type").text();
            network.ifPresent(known -> chains.putIfAbsent(known, type));
        }
        return chains;
    }

    private boolean isFor(Origin visited, Instant now) {
        boolean ends = message.expirationTime() == null
                || !Moment.read(message.expirationTime(), "expirationTime", Codes.EXPIRATION_TIME)
                        .isAfter(now.plus(LONGEST));
        return ends
                && message.version().equals(SignInMessage.VERSION)
                && message.domain().equals(visited.domain())
                && Origin.find(message.uri()).equals(Optional.of(visited));
    }

    /** The first network that the payer has an account on. */
    Optional<Seat> first(Context context) {
        return chains.keySet().stream()
                .flatMap(network -> own(network, context).stream()
                        .map(account -> new Seat(network, account, Optional.empty(), Optional.empty())))
                .findFirst();
    }

    /** The same network, or the first of its namespace where the payer has an account. */
    Optional<Network> chain(Network wanted, Context context) {
        return Stream.concat(Stream.of(wanted).filter(chains::containsKey), chains.keySet().stream())
                .filter(network -> network.namespace().equals(wanted.namespace()))
                .filter(network -> own(network, context).isPresent())
                .findFirst();
    }

    private Optional<String> own(Network network, Context context) {
        return context.accounts(network)
                .filter(accounts -> accounts.type().equals(chains.get(network)))
                .flatMap(accounts -> accounts.own(network));
    }

    /** The message for an account, naming the key of the session at its end. */
    SignInMessage message(Network network, String account, Optional<PublicKey> key) {
        List<String> resources = message.resources();
        if (key.isPresent()) {
            List<String> more = new ArrayList<>(resources == null ? List.of() : resources);
            more.add(HolderKey.resource(key.get()));
            resources = more;
        }
        return new SignInMessage(
                message.domain(),
                network,
                account,
                message.statement(),
                message.uri(),
                message.version(),
                message.nonce(),
                message.issuedAt(),
                message.expirationTime(),
                message.notBefore(),
                message.requestId(),
                resources);
    }
}
