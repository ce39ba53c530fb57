package dev.x402.http.server;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SettleResponse;
import java.util.Optional;

/**
 * What a handler may know of the payment that it works for.
 *
 * @param payer account of the payer, as the facilitator verified it
 * @param offer that is paid
 * @param receipt of money that moved before the work, so that the answer may stream; empty: it moves afterwards
 */
public record Paid(String payer, PaymentRequirements offer, Optional<SettleResponse> receipt) {
    /** The name under which adapters hand it to handlers. */
    public static final String ATTRIBUTE = "dev.x402.http.paid";

    public Paid {
        requireNonNull(payer, "payer");
        requireNonNull(offer, "offer");
        requireNonNull(receipt, "receipt");
    }
}
