package dev.x402.tck.reference;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A facilitator whose own part is wrong on request. */
final class FlawedFacilitator implements Facilitator {
    private final Facilitator right;
    private final Flaw flaw;

    FlawedFacilitator(Facilitator right, Flaw flaw) {
        this.right = right;
        this.flaw = flaw;
    }

    @Override
    public SupportedResponse supported(Instant by) {
        return flaw == Flaw.KIND_UNLISTED
                ? new SupportedResponse(List.of(), List.of(), List.of(), Map.of(), Json.Obj.EMPTY)
                : right.supported(by);
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        if (flaw == Flaw.SCHEME_UNCHECKED) {
            Json.Obj wire = (Json.Obj) Codec.PAYMENT_REQUIREMENTS.json(payment.requirements());
            PaymentRequirements ours = Codec.PAYMENT_REQUIREMENTS.of(wire.with("scheme", "ledger"));
            return right.verify(new Payment(payment.payload(), ours, payment.tenant()), by);
        }
        return right.verify(payment, by);
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        return right.settle(payment, by);
    }

    @Override
    public void close() {
        right.close();
    }
}
