package dev.x402.siwx;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PaymentExtension.ClientSide;
import dev.x402.spi.PaymentExtension.Context;
import dev.x402.spi.PaymentScheme.Accounts;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The payer's side: signs in for the origin that it visits, and shows the session from then on.
 *
 * <p>A session that lives and opens nothing means paying, or another account that paid here before; never another
 * signature of the same account.
 */
final class PayerSide implements ClientSide {
    private final Context context;
    private final PayerSessions sessions;

    PayerSide(Context context, PayerSessions sessions) {
        this.context = context;
        this.sessions = sessions;
    }

    @Override
    public Set<String> answers() {
        return Set.of(Sessions.HEADER);
    }

    @Override
    public Map<String, String> present(String url) {
        return Origin.find(url)
                .flatMap(origin -> sessions.seats(origin).stream().findFirst())
                .map(seat -> shown(seat, url))
                .orElse(Map.of());
    }

    @Override
    public void received(String url, Map<String, String> answers) {
        String token = answers.getOrDefault(Sessions.HEADER, "");
        if (Sessions.TOKEN.matcher(token).matches()) {
            Origin.find(url)
                    .ifPresent(origin -> sessions.seats(origin).stream()
                            .findFirst()
                            .ifPresent(seat -> sessions.first(origin, seat.with(Optional.of(token)))));
        }
    }

    @Override
    public Map<String, String> prove(String url, PaymentRequired challenge, Instant by) {
        Optional<Origin> origin = Origin.find(url);
        Optional<Asked> asked = origin.flatMap(
                visited -> Asked.read(challenge, visited, context.clock().instant()));
        if (asked.isEmpty()) {
            return Map.of();
        }
        List<Seat> seats = sessions.seats(origin.get());
        boolean opens = seats.isEmpty() || seats.get(0).token().isEmpty();
        if (!opens && !Codes.SESSION.value().equals(challenge.error())) {
            return seats.size() < 2 ? Map.of() : seated(url, origin.get(), asked.get(), seats.get(1));
        }
        return seats.stream()
                .limit(1)
                .filter(seat -> asked.get().chain(seat.network(), context).isPresent())
                .findFirst()
                .or(() -> asked.get().first(context))
                .map(seat -> signedIn(origin.get(), asked.get(), seat))
                .orElse(Map.of());
    }

    /** Another account that paid here before takes its turn. */
    private Map<String, String> seated(String url, Origin origin, Asked asked, Seat seat) {
        sessions.turn(origin);
        return seat.token().isPresent() ? shown(seat, url) : signedIn(origin, asked, seat);
    }

    private Map<String, String> signedIn(Origin origin, Asked asked, Seat seat) {
        Optional<Network> network = asked.chain(seat.network(), context);
        if (network.isEmpty()) {
            return Map.of();
        }
        Accounts accounts = context.accounts(network.get()).orElseThrow();
        Optional<KeyPair> keys = sessions.isBound() ? Optional.of(keys()) : Optional.empty();
        String account = accounts.own(network.get()).orElseThrow();
        SignInMessage message = asked.message(network.get(), account, keys.map(KeyPair::getPublic));
        String signature = accounts.sign(network.get(), message.text(accounts.family()));
        sessions.first(origin, new Seat(network.get(), account, Optional.empty(), keys));
        return Map.of(Proof.HEADER, new Proof(message, accounts.type(), signature).header());
    }

    @Override
    public Optional<Json> answer(Json declared, PaymentRequirements chosen) {
        Optional<Origin> origin =
                declared instanceof Json.Obj members && members.find("info").orElse(members) instanceof Json.Obj info
                        ? info.text("uri").flatMap(Origin::find)
                        : Optional.empty();
        Optional<String> own = context.accounts(chosen.network()).flatMap(accounts -> accounts.own(chosen.network()));
        if (origin.isPresent() && own.isPresent()) {
            Seat paying = new Seat(chosen.network(), own.get(), Optional.empty(), Optional.empty());
            List<Seat> seats = sessions.seats(origin.get());
            if (!seats.isEmpty()) {
                sessions.first(
                        origin.get(),
                        seats.stream().filter(paying::isOf).findFirst().orElse(paying));
            }
        }
        return Optional.empty();
    }

    private Map<String, String> shown(Seat seat, String url) {
        if (seat.token().isEmpty()) {
            return Map.of();
        }
        String token = seat.token().get();
        if (seat.keys().isEmpty()) {
            return Map.of(Sessions.HEADER, token);
        }
        String millis = Long.toString(context.clock().millis());
        String address = Origin.located(url).orElse(url);
        return Map.of(
                Sessions.HEADER,
                token + "." + millis + "."
                        + HolderKey.sign(seat.keys().get().getPrivate(), Sessions.challenge(token, address, millis)));
    }

    private KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(HolderKey.ALGORITHM);
            generator.initialize(255, context.random());
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no Ed25519; use one that has", e);
        }
    }
}
