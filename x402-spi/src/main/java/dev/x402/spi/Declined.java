package dev.x402.spi;

import java.util.Map;

/**
 * The movement may not be signed; legal only while nothing of it was signed.
 *
 * @param why by payment: {@link Verification.Invalid} ends it, anything else lets it wait
 */
public record Declined(Map<PaymentKey, Verification> why) implements Preparation {
    public Declined {
        why = Map.copyOf(why);
    }
}
