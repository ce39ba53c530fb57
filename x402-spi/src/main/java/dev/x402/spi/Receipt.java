package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Proof that money moved.
 *
 * @param reference the rail's name of the transaction
 * @param payer account of the payer
 * @param amount that moved
 * @param extra what the scheme adds, such as {@link #FINAL_AT} on a rail that may return the money
 */
public record Receipt(String reference, String payer, AtomicAmount amount, Json.Obj extra) {
    /** The member of {@code extra} that tells when the money is final. ISO 8601, such as 2026-03-02T00:00:00Z. */
    public static final String FINAL_AT = "finalAt";

    /** The member of {@code extra} on the wire that tells how sure the money is. {@link Stage#word}, or another word. */
    public static final String FINALITY = "finality";

    public Receipt {
        requireNonNull(reference, "reference");
        requireNonNull(payer, "payer");
        requireNonNull(amount, "amount");
        requireNonNull(extra, "extra");
    }

    /** When the money can no longer go back; empty when nobody says so in a form that can be read. */
    public Optional<Instant> finalAt() {
        return extra.text(FINAL_AT).flatMap(Receipt::instant);
    }

    /** This receipt, telling when the money can no longer go back. */
    public Receipt withFinalAt(Instant moment) {
        return new Receipt(reference, payer, amount, extra.with(FINAL_AT, moment.toString()));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
