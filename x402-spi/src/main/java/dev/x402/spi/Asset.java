package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An asset and the size of its smallest unit.
 *
 * @param id canonical
 * @param symbol such as {@code USDC}; not a proof of anything
 * @param decimals 0 to {@value #MAX_DECIMALS}
 * @param currency ISO 4217 code of the money that it stands for, such as {@code USD}; empty when it stands for none
 * @param extra what schemes need, such as the EIP-712 name and version
 */
public record Asset(AssetId id, String symbol, int decimals, String currency, Json.Obj extra) {
    /** The most decimals. */
    public static final int MAX_DECIMALS = 36;

    /** Of a number's digits without its exponent; far beyond any amount, and still quick to calculate with. */
    private static final int MAX_BITS = 1_024;

    public Asset {
        requireNonNull(id, "id");
        requireNonNull(symbol, "symbol");
        requireNonNull(currency, "currency");
        requireNonNull(extra, "extra");
        if (decimals < 0 || decimals > MAX_DECIMALS) {
            throw new IllegalArgumentException(
                    "decimals of " + id + ": expected 0 to " + MAX_DECIMALS + ", saw " + decimals);
        }
    }

    /**
     * The exact atomic amount of so many whole units.
     *
     * @throws ArithmeticException when it is negative, too large, or needs more decimals than the asset has
     */
    public AtomicAmount toAtomic(BigDecimal units) {
        if (units.signum() == 0) {
            return AtomicAmount.ZERO;
        }
        if (units.signum() < 0) {
            throw new ArithmeticException("amount of " + symbol + ": expected 0 or more, saw a negative number");
        }
        if (units.unscaledValue().bitLength() > MAX_BITS
                || (long) units.precision() - units.scale() + decimals > AtomicAmount.MAX_DIGITS) {
            throw new ArithmeticException("amount of " + symbol + ": expected at most " + AtomicAmount.MAX_DIGITS
                    + " digits in the smallest unit, saw more");
        }
        int needed = units.stripTrailingZeros().scale();
        if (needed > decimals) {
            throw new ArithmeticException(
                    "amount of " + symbol + ": expected at most " + decimals + " decimals, saw " + needed);
        }
        return new AtomicAmount(
                units.setScale(decimals, RoundingMode.UNNECESSARY).unscaledValue());
    }

    /** The amount in whole units, exact. */
    public BigDecimal toUnits(AtomicAmount amount) {
        return new BigDecimal(amount.value(), decimals);
    }
}
