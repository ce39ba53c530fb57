package dev.x402.http.server;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.PaymentRequirements;

/**
 * What a handler may know of the payment that it works for; the money has not moved yet.
 *
 * @param payer account of the payer, as the facilitator verified it
 * @param offer that is paid
 */
public record Paid(String payer, PaymentRequirements offer) {
    /** The name under which adapters hand it to handlers. */
    public static final String ATTRIBUTE = "dev.x402.http.paid";

    public Paid {
        requireNonNull(payer, "payer");
        requireNonNull(offer, "offer");
    }
}
