package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import java.math.BigDecimal;

/** How much is asked, exactly. */
public sealed interface Price {
    /**
     * An amount in the asset's smallest unit.
     *
     * @param amount more than 0
     */
    record Atomic(AtomicAmount amount) implements Price {
        public Atomic {
            requireNonNull(amount, "amount");
        }

        @Override
        public String toString() {
            return amount + " atomic";
        }
    }

    /**
     * An amount of money, paid in an asset that stands for this currency.
     *
     * @param units more than 0, such as 0.01; never rounded
     * @param currency ISO 4217 code, such as {@code USD}
     */
    record Money(BigDecimal units, String currency) implements Price {
        public Money {
            requireReadable(units);
            requireNonNull(currency, "currency");
        }

        @Override
        public String toString() {
            return units.toPlainString() + " " + currency;
        }
    }

    /**
     * An amount in whole units of the asset, whatever it is worth.
     *
     * @param units more than 0, such as 0.01; never rounded
     */
    record Units(BigDecimal units) implements Price {
        public Units {
            requireReadable(units);
        }

        @Override
        public String toString() {
            return units.toPlainString() + " units";
        }
    }

    /** A price in the asset's smallest unit. */
    static Price atomic(AtomicAmount amount) {
        return new Atomic(amount);
    }

    /** A price in the asset's smallest unit. */
    static Price atomic(long amount) {
        return new Atomic(AtomicAmount.of(amount));
    }

    /** A price in money, such as {@code money("0.01", "USD")}. */
    static Price money(String units, String currency) {
        return new Money(decimal(units), currency);
    }

    /** A price in whole units of the asset, such as {@code units("0.01")}. */
    static Price units(String units) {
        return new Units(decimal(units));
    }

    private static void requireReadable(BigDecimal units) {
        if (units.signum() < 0 || units.precision() > 114 || units.scale() > 36 || units.scale() < -78) {
            throw new IllegalArgumentException("price: expected 0 or more with at most 36 decimals, saw a number of "
                    + units.precision() + " digits, scale " + units.scale() + " and sign " + units.signum());
        }
    }

    private static BigDecimal decimal(String text) {
        if (!text.matches("[0-9]{1,78}(\\.[0-9]{1,36})?")) {
            throw new IllegalArgumentException("price: expected digits such as 0.01, saw \""
                    + (text.length() <= 32 ? text : text.substring(0, 32) + "…") + "\"");
        }
        return new BigDecimal(text);
    }
}
