package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;

/**
 * Proof that money moved.
 *
 * @param reference the rail's name of the transaction
 * @param payer account of the payer
 * @param amount that moved
 * @param extra what the scheme adds
 */
public record Receipt(String reference, String payer, AtomicAmount amount, Json.Obj extra) {
    public Receipt {
        requireNonNull(reference, "reference");
        requireNonNull(payer, "payer");
        requireNonNull(amount, "amount");
        requireNonNull(extra, "extra");
    }
}
