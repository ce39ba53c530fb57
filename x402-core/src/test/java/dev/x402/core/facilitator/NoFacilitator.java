package dev.x402.core.facilitator;

import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.time.Instant;

/** A replica that has not started. */
final class NoFacilitator implements Facilitator {
    @Override
    public SupportedResponse supported(Instant by) {
        throw new Baton.Killed();
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        throw new Baton.Killed();
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        throw new Baton.Killed();
    }

    @Override
    public void close() {}
}
