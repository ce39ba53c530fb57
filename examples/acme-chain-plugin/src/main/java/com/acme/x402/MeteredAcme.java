package com.acme.x402;

/**
 * The scheme {@code metered} on {@code acme:*}: the payer signs the most that may move, the seller charges what was used.
 *
 * <p>The ports are those of {@link ExactAcme}. Only the facilitator that the offer names can charge it.
 */
public final class MeteredAcme extends AcmeScheme {
    /** A scheme without state. */
    public MeteredAcme() {
        super(new Rules("metered", true));
    }
}
