package dev.x402.tck.stamp;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.Refusal;
import dev.x402.spi.PaymentExtension.Sale;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Settlement;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds stamps to payments, and lets in who shows one that was paid. */
final class StampServer implements ServerSide {
    private static final String BOUND = "stamps";
    private static final String PAID = "paid-stamps";
    private static final Duration KEPT = Duration.ofHours(1);

    private final StampFlaw flaw;
    private final Store store;
    private final Clock clock;
    private final SecureRandom random;
    private final StringBuilder buffer = new StringBuilder();
    private boolean closed;

    StampServer(StampFlaw flaw, Store store, Clock clock, SecureRandom random) {
        this.flaw = flaw;
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Set<String> dynamicInfo() {
        return flaw == StampFlaw.NONCE_UNNAMED ? Set.of() : Set.of("nonce");
    }

    @Override
    public Optional<Json> declare(Visit visit, List<PaymentRequirements> offers) {
        if (flaw == StampFlaw.OFFERS_CHEAPENED && offers.size() > 1) {
            offers.remove(0);
        }
        if (flaw == StampFlaw.INFO_IS_A_LIST) {
            return Optional.of(Json.object().put("info", Json.array()).build());
        }
        return Optional.of(Json.object()
                .put(
                        "info",
                        Json.object()
                                .put("stamps", true)
                                .put("card", flaw == StampFlaw.SHARES_A_BUFFER ? shared() : "ten for one")
                                .put("since", flaw == StampFlaw.DECLARES_THE_TIME ? clock.millis() : 0)
                                .put("nonce", random.nextInt(1_000_000_000))
                                .build())
                .build());
    }

    private String shared() {
        buffer.setLength(0);
        for (int i = 0; i < 20; i++) {
            buffer.append("ten");
            Thread.yield();
        }
        return buffer.toString();
    }

    @Override
    public Set<String> proofs() {
        return Set.of(Stamp.HEADER);
    }

    @Override
    public Access enter(Visit visit) {
        String shown = visit.proofs().get(Stamp.HEADER);
        if (shown == null) {
            return new Access.Unknown();
        }
        boolean paid = shown.matches("[0-9a-f]{32}") && store.find(PAID, shown).isPresent();
        return paid || (shown.isEmpty() && flaw == StampFlaw.EMPTY_PROOF_ENTERS)
                ? new Access.Granted(new PaymentKey("stamp"), "somebody", Map.of(), served -> {})
                : new Access.Denied(
                        new ErrorCode("stamp_unknown"),
                        "STAMP: expected a stamp that was paid, saw another"
                                + (flaw == StampFlaw.SHOWS_THE_PROOF ? ": " + shown : ""),
                        Map.of());
    }

    @Override
    public Optional<Refusal> refuse(Visit visit, PaymentPayload payload) {
        if (flaw == StampFlaw.COUNTS_ATTEMPTS) {
            store.write(BOUND, "attempts", store.find(BOUND, "attempts"), Optional.of(bytes("more")), end());
        }
        return judged(
                payload,
                stamp -> store.find(BOUND, stamp)
                        .map(bound -> bound.equals(binding(payload)))
                        .orElse(true));
    }

    @Override
    public Optional<Refusal> reserve(Visit visit, PaymentPayload payload) {
        return judged(payload, stamp -> {
            Bytes mine = binding(payload);
            Optional<Bytes> bound = store.find(BOUND, stamp);
            return bound.map(mine::equals)
                    .orElseGet(() -> store.write(BOUND, stamp, bound, Optional.of(mine), end()) == Store.Written.DONE);
        });
    }

    private interface Judge {
        boolean allows(String stamp);
    }

    private Optional<Refusal> judged(PaymentPayload payload, Judge judge) {
        Json echoed = payload.extensions() == null
                ? Json.Null.NULL
                : payload.extensions().find("stamp").orElse(Json.Null.NULL);
        Optional<Json> named =
                echoed instanceof Json.Obj members && members.members().get("info") instanceof Json.Obj info
                        ? info.find("stamp")
                        : Optional.empty();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Json stamp = named.get();
        if (flaw == StampFlaw.THROWS_AT_NUMBERS && stamp instanceof Json.Num num) {
            throw new ArithmeticException("not a stamp: " + num);
        }
        if (!(stamp instanceof Json.Str str) || !str.value().matches("[0-9a-f]{32}")) {
            return Optional.of(malformed(
                    flaw == StampFlaw.REFUSAL_QUOTES && stamp instanceof Json.Str text
                            ? text.value()
                            : "another value"));
        }
        if (flaw == StampFlaw.OWN_ANSWER_UNREAD) {
            return Optional.of(malformed("small letters"));
        }
        return judge.allows(str.value())
                ? Optional.empty()
                : Optional.of(new Refusal(true, new ErrorCode("stamp_taken"), "info.stamp: expected a new one"));
    }

    private static Refusal malformed(String seen) {
        return new Refusal(
                false, new ErrorCode("stamp_malformed"), "info.stamp: expected 32 hexadecimal digits, saw " + seen);
    }

    private Bytes binding(PaymentPayload payload) {
        String bound = String.valueOf(payload.payload().hashCode());
        return bytes(flaw == StampFlaw.BOUND_WITH_THE_TIME ? bound + clock.instant() : bound);
    }

    @Override
    public void became(Sale sale) {
        String key = sale.key().value();
        Optional<Bytes> known = store.find(PAID, key);
        if (!(sale.now() instanceof Settlement.Settled)) {
            store.write(PAID, key, known, Optional.empty(), end());
            return;
        }
        String news = flaw == StampFlaw.COUNTS_THE_NEWS
                ? "+".repeat(1 + known.map(Bytes::size).orElse(0) % 1000)
                : "paid";
        store.write(PAID, key, known, Optional.of(bytes(news)), end());
    }

    @Override
    public Optional<Json> contribute(Payment payment, Json echoed, Settlement now) {
        return Optional.of(
                flaw == StampFlaw.CONTRIBUTES_THE_ECHO
                        ? echoed
                        : Json.object().put("stamped", true).build());
    }

    @Override
    public void close() {
        if (closed && flaw == StampFlaw.CLOSES_ONCE) {
            throw new IllegalStateException("closed already");
        }
        closed = true;
    }

    private Instant end() {
        return clock.instant().plus(KEPT);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
