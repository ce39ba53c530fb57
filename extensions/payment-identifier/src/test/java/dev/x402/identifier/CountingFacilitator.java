package dev.x402.identifier;

import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what it was asked to verify; knows no tenants, as one behind HTTP. */
final class CountingFacilitator implements Facilitator {
    final AtomicInteger verified = new AtomicInteger();

    private final Facilitator asked;

    CountingFacilitator(Facilitator asked) {
        this.asked = asked;
    }

    @Override
    public SupportedResponse supported(Instant by) {
        return asked.supported(by);
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        verified.incrementAndGet();
        return asked.verify(anonymous(payment), by);
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        return asked.settle(anonymous(payment), by);
    }

    private static Payment anonymous(Payment payment) {
        return Payment.of(payment.payload(), payment.requirements());
    }

    @Override
    public void close() {
        asked.close();
    }
}
