package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Optional;

/**
 * An amount in the asset's smallest unit (x402 v2, section 5.1.2).
 *
 * <p>Written as canonical decimal digits: no sign, no leading zero, no fraction, no exponent.
 *
 * @param value 0 or more, at most {@value #MAX_DIGITS} digits
 */
public record AtomicAmount(BigInteger value) implements Comparable<AtomicAmount> {
    /** The longest amount: every 256-bit number fits. */
    public static final int MAX_DIGITS = 78;

    private static final BigInteger LIMIT = BigInteger.TEN.pow(MAX_DIGITS);

    /** Nothing. */
    public static final AtomicAmount ZERO = new AtomicAmount(BigInteger.ZERO);

    public AtomicAmount {
        requireNonNull(value, "value");
        if (value.signum() < 0 || value.compareTo(LIMIT) >= 0) {
            throw new IllegalArgumentException("amount: expected 0 or more and at most " + MAX_DIGITS
                    + " digits, saw a number of " + value.bitLength() + " bits and sign " + value.signum());
        }
    }

    /** The amount of so many units, 0 or more. */
    public static AtomicAmount of(long units) {
        return new AtomicAmount(BigInteger.valueOf(units));
    }

    /**
     * Parses canonical ASCII digits.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static AtomicAmount parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "amount: expected decimal digits such as 10000, saw " + Seen.of(text)));
    }

    /** Parses canonical ASCII digits; empty when the text is anything else. */
    public static Optional<AtomicAmount> find(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_DIGITS || (length > 1 && text.charAt(0) == '0')) {
            return Optional.empty();
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(new AtomicAmount(new BigInteger(text)));
    }

    /** Whether this is nothing. */
    public boolean isZero() {
        return value.signum() == 0;
    }

    @Override
    public int compareTo(AtomicAmount other) {
        return value.compareTo(other.value);
    }

    /** The canonical digits. */
    @Override
    public String toString() {
        return value.toString();
    }
}
