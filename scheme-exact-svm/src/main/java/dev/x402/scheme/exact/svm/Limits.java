package dev.x402.scheme.exact.svm;

import java.math.BigInteger;

/**
 * The most that a payer's transaction may cost its fee payer.
 *
 * @param computeUnits of the whole transaction
 * @param price of a compute unit, in millionths of a lamport
 */
record Limits(long computeUnits, BigInteger price) {
    /** What one transfer with two guards of a wallet needs several times over. */
    static final long COMPUTE_UNITS = 400_000;

    /** One lamport for a compute unit. */
    static final BigInteger PRICE = BigInteger.valueOf(1_000_000);

    /** The highest price that may be allowed, as in the reference SDK. */
    static final BigInteger HIGHEST_PRICE = BigInteger.valueOf(5_000_000);

    static final Limits DEFAULT = new Limits(COMPUTE_UNITS, PRICE);

    Limits {
        if (computeUnits < 1 || computeUnits > 1_400_000) {
            throw new IllegalArgumentException("limit of compute units: expected 1 to 1400000, saw " + computeUnits);
        }
        if (price.signum() < 0 || price.compareTo(HIGHEST_PRICE) > 0) {
            throw new IllegalArgumentException("limit of the price of a compute unit: expected 0 to " + HIGHEST_PRICE
                    + " millionths of a lamport, saw " + price);
        }
    }
}
