package dev.x402.http.toy;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A facilitator that moves each toy coin once, and can be told to stumble first. */
public final class ToyBank implements Facilitator {
    /** Answers instead of the ordinary ones, used up one by one. */
    public final Deque<Function<Payment, Verification>> verifications = new ArrayDeque<>();

    public final Deque<Function<Payment, Settlement>> settlements = new ArrayDeque<>();
    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    public volatile boolean down;
    private final Map<String, Settlement> moved = new LinkedHashMap<>();

    @Override
    public SupportedResponse supported(Instant by) {
        if (down) {
            throw new RailUnavailableException("bank: closed");
        }
        return new SupportedResponse(List.of(Toy.served()), List.of(), List.of(), Map.of(), Json.Obj.EMPTY);
    }

    @Override
    public synchronized Verification verify(Payment payment, Instant by) {
        asked.add("verify " + nonce(payment));
        if (!verifications.isEmpty()) {
            return verifications.remove().apply(payment);
        }
        boolean signed =
                payment.payload().payload().text("signature").orElse("").equals("valid");
        return signed
                ? new Verification.Valid("payer", Json.Obj.EMPTY)
                : new Verification.Invalid(new ErrorCode("invalid_toy_signature"), "signature: does not hold", false);
    }

    @Override
    public synchronized Settlement settle(Payment payment, Instant by) {
        asked.add("settle " + nonce(payment));
        return settlements.isEmpty() ? move(payment) : settlements.remove().apply(payment);
    }

    /** Moves the coin, if it did not move before. */
    public synchronized Settlement move(Payment payment) {
        return moved.computeIfAbsent(
                nonce(payment),
                nonce -> new Settlement.Settled(
                        new Receipt(
                                "tx-" + nonce, "payer", payment.requirements().amount(), Json.Obj.EMPTY),
                        Stage.SETTLED));
    }

    /** How many coins moved. */
    public synchronized int moved() {
        return moved.size();
    }

    private static String nonce(Payment payment) {
        return payment.payload().payload().text("nonce").orElse("?");
    }

    @Override
    public void close() {}
}
