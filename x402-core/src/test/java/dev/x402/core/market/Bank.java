package dev.x402.core.market;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A facilitator for coins: moves each once, and can be told to stumble first. */
public final class Bank implements Facilitator {
    /** Answers instead of the ordinary ones, used up one by one. */
    public final Deque<Function<Payment, Verification>> verifications = new ArrayDeque<>();

    public final Deque<Function<Payment, Settlement>> settlements = new ArrayDeque<>();

    /** Everything that was asked, in order. */
    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    public final List<Payment> verified = Collections.synchronizedList(new ArrayList<>());
    public final List<Payment> settled = Collections.synchronizedList(new ArrayList<>());
    public volatile List<Kind> kinds = List.of(Coin.ON_MAIN, Coin.ON_TEST);
    public volatile String teller = "tina";
    public volatile boolean down;
    private final Map<String, Settlement> ledger = new HashMap<>();

    @Override
    public SupportedResponse supported(Instant by) {
        asked.add("supported");
        if (down) {
            throw new RailUnavailableException("bank: closed");
        }
        return new SupportedResponse(
                kinds.stream()
                        .map(kind -> new SupportedKind(
                                kind.scheme(), kind.network(), Json.Obj.EMPTY.with("teller", teller), Json.Obj.EMPTY))
                        .toList(),
                List.of(),
                List.of(),
                Map.of(),
                Json.Obj.EMPTY);
    }

    @Override
    public synchronized Verification verify(Payment payment, Instant by) {
        asked.add("verify");
        verified.add(payment);
        if (!verifications.isEmpty()) {
            return verifications.remove().apply(payment);
        }
        if (!Coin.member(payment, "signature").equals("valid")) {
            return new Verification.Invalid(new ErrorCode("invalid_coin_signature"), "signature: does not hold", false);
        }
        if (ledger.containsKey(name(payment))) {
            return new Verification.Invalid(ErrorCode.DUPLICATE_SETTLEMENT, "the coin was spent", true);
        }
        return new Verification.Valid(Coin.member(payment, "from"), Json.Obj.EMPTY);
    }

    @Override
    public synchronized Settlement settle(Payment payment, Instant by) {
        asked.add("settle");
        settled.add(payment);
        return settlements.isEmpty() ? move(payment) : settlements.remove().apply(payment);
    }

    /** Moves the coin, if it did not move before. */
    public synchronized Settlement move(Payment payment) {
        return ledger.computeIfAbsent(
                name(payment),
                name -> new Settlement.Settled(
                        new Receipt("tx-" + name, Coin.member(payment, "from"), Coin.price(payment), Json.Obj.EMPTY),
                        Stage.SETTLED));
    }

    public static Settlement pending(String reference) {
        return new Settlement.Pending(
                reference.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(reference),
                true,
                Duration.ofSeconds(3));
    }

    /** How many coins moved. */
    public synchronized int moved() {
        return ledger.size();
    }

    private static String name(Payment payment) {
        return Coin.member(payment, "from") + "-" + Coin.member(payment, "nonce");
    }

    @Override
    public void close() {}
}
