package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import java.math.BigDecimal;
import java.util.regex.Matcher;

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
            if (currency.length() != 3 || !currency.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
                throw new IllegalArgumentException(
                        "currency: expected an ISO 4217 code such as USD, saw " + Shown.of(currency));
            }
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

    /**
     * Reads {@code $0.01}, {@code 0.01 EUR}, {@code 0.01 units} of the asset, or {@code 10000 atomic} units.
     *
     * <p>The sign $ is USD and stands alone: every other currency is written by its ISO 4217 code. What a price prints
     * is read as the same price.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    static Price parse(String text) {
        Matcher matcher = PriceText.FORM.matcher(text.length() <= PriceText.LIMIT ? text : "");
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "price: expected an amount such as $0.01, 0.01 EUR, 0.01 units or 10000 atomic, saw "
                            + Shown.of(text));
        }
        if (matcher.group("dollars") != null) {
            return money(matcher.group("dollars"), "USD");
        }
        if (matcher.group("atomic") != null) {
            return atomic(AtomicAmount.parse(matcher.group("atomic")));
        }
        String number = matcher.group("number");
        String unit = matcher.group("unit");
        return unit.equals("units") ? units(number) : money(number, unit);
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

    /** A price in money that was computed; never rounded. */
    static Price money(BigDecimal units, String currency) {
        return new Money(units, currency);
    }

    /** A price in whole units of the asset, such as {@code units("0.01")}. */
    static Price units(String units) {
        return new Units(decimal(units));
    }

    /** A price in whole units of the asset that was computed; never rounded. */
    static Price units(BigDecimal units) {
        return new Units(units);
    }

    private static void requireReadable(BigDecimal units) {
        if (units.signum() < 0 || units.precision() > 114 || units.scale() > 36 || units.scale() < -78) {
            throw new IllegalArgumentException("price: expected 0 or more with at most 36 decimals, saw a number of "
                    + units.precision() + " digits, scale " + units.scale() + " and sign " + units.signum());
        }
    }

    private static BigDecimal decimal(String text) {
        if (text.length() > PriceText.LIMIT || !PriceText.DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("price: expected digits such as 0.01, saw " + Shown.of(text));
        }
        return new BigDecimal(text);
    }
}
