package dev.x402.spi;

import dev.x402.spec.PaymentRequirements;

/** The payer's side of a scheme. */
public interface SchemeClient extends AutoCloseable {
    /** Whether this payer could pay the offer; no I/O, no signature. */
    boolean canPay(PaymentRequirements offer);

    /**
     * Signs a payment of the offer, and nothing but the offer.
     *
     * <p>May read the rail. Never more than {@link PayContext#ceiling}.
     *
     * @throws RailUnavailableException when the rail could not be read by the deadline
     */
    SchemePayload pay(PaymentRequirements offer, PayContext context);

    /** Does nothing unless overridden; never throws. */
    @Override
    default void close() {}
}
