package com.acme.x402;

/**
 * The scheme {@code exact} on {@code acme:*}: the payer signs the amount that moves.
 *
 * <p>The payer's side needs the port {@link AcmeWallet}, the facilitator's {@link AcmeFacilitatorConfig}, the payee's
 * none.
 */
public final class ExactAcme extends AcmeScheme {
    /** A scheme without state. */
    public ExactAcme() {
        super(new Rules("exact", false));
    }
}
