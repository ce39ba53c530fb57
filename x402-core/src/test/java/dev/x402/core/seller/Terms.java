package dev.x402.core.seller;

import dev.x402.core.market.Coin;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.util.List;
import java.util.function.UnaryOperator;

/** The ways in which a payer may change an offer to its favour. */
final class Terms {
    private Terms() {}

    static List<UnaryOperator<PaymentRequirements>> changes() {
        return List.of(
                offer -> offer.withAmount(AtomicAmount.of(1)),
                offer -> offer.withAmount(AtomicAmount.of(10_001)),
                offer -> with(offer, "silver", "bob", 300),
                offer -> with(offer, "gold", "mallory", 300),
                offer -> with(offer, "gold", "bob", 301),
                offer -> offer.withExtra(Json.Obj.EMPTY.with("teller", "mallory")),
                offer -> offer.withExtra(Json.Obj.EMPTY.with("teller", Json.array(Json.of("tina")))),
                offer -> offer.withExtra(Json.Obj.EMPTY));
    }

    private static PaymentRequirements with(PaymentRequirements offer, String asset, String payTo, int seconds) {
        return PaymentRequirements.of(Coin.ON_MAIN, offer.amount(), asset, payTo, seconds, offer.extraOrEmpty());
    }
}
