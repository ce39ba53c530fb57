package dev.x402.spi;

/**
 * The name of one right to move money, whatever the spelling of the payment.
 *
 * <p>Its namespace is the rail's. Terms, signature bytes, payee and amount are no part of it.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters
 */
public record PaymentKey(String value) {
    /** The longest key. */
    public static final int MAX_LENGTH = 256;

    public PaymentKey {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "payment key: expected 1 to " + MAX_LENGTH + " characters, saw " + value.length());
        }
    }

    /** The key as it is stored. */
    @Override
    public String toString() {
        return value;
    }
}
