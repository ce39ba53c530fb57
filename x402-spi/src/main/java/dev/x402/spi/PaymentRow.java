package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the store knows of a payment.
 *
 * @param key of the payment
 * @param payment as it was claimed
 * @param binding tenant, offer and payload terms; another binding is another payment under the same key
 * @param state where it stands
 * @param movement that carries it, if one does
 * @param last what is known, once something is
 */
public record PaymentRow(
        PaymentKey key,
        Payment payment,
        String binding,
        State state,
        OptionalLong movement,
        Optional<Settlement> last) {
    public PaymentRow {
        requireNonNull(key, "key");
        requireNonNull(payment, "payment");
        requireNonNull(binding, "binding");
        requireNonNull(state, "state");
        requireNonNull(movement, "movement");
        requireNonNull(last, "last");
    }

    /**
     * Where a payment stands.
     *
     * <p>{@code QUEUED → MOVING ⇄ LANDED → FINAL}, {@code QUEUED | MOVING | LANDED → FAILED} (LANDED only while merely
     * seen), {@code LANDED | FINAL → REVERSED}. FAILED and REVERSED never leave.
     */
    public enum State {
        /** Claimed, in no movement. */
        QUEUED,
        /** In a movement, not landed. */
        MOVING,
        /** The money moved and is watched. */
        LANDED,
        /** The money moved for good. */
        FINAL,
        /** No money moved and none will. */
        FAILED,
        /** The money moved and went back. */
        REVERSED
    }
}
