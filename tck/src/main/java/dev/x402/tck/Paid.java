package dev.x402.tck;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.Verification;
import java.time.Instant;

/**
 * A payment that was accepted, and its end.
 *
 * @param payment as it came over the wire
 * @param liveUntil as the payer was told
 */
record Paid(Payment payment, Instant liveUntil) {
    /** A new payment of the offer; the rule is inconclusive when it is not accepted. */
    static Paid accepted(Bench bench) {
        return accepted(bench, bench.offer());
    }

    /** A new payment of this offer; the rule is inconclusive when it is not accepted. */
    static Paid accepted(Bench bench, PaymentRequirements offer) {
        bench.afford(offer.amount());
        SchemePayload signed = bench.control("paying the offer", () -> bench.sign(offer));
        Payment payment = bench.wrap(signed, offer);
        Verification early = bench.control("verifying it at once", () -> bench.verify(payment));
        bench.control(early instanceof Verification.Valid, "the untouched payment was judged " + Bench.told(early));
        return new Paid(payment, signed.liveUntil());
    }
}
