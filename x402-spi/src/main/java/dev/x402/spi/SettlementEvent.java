package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A change of what is known of a payment.
 *
 * @param id the store's number, rising
 * @param key of the payment
 * @param payment as it was settled
 * @param now what is known now
 * @param at the store's time of the change
 */
public record SettlementEvent(long id, PaymentKey key, Payment payment, Settlement now, Instant at) {
    public SettlementEvent {
        requireNonNull(key, "key");
        requireNonNull(payment, "payment");
        requireNonNull(now, "now");
        requireNonNull(at, "at");
    }
}
