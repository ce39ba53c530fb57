package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An amount of money as people write it, exact.
 *
 * <p>A limit may be finer than an asset: compare it with {@code Asset.toUnits}, and nothing is rounded.
 *
 * @param units 0 or more, at most 78 digits before the point and 36 after it
 * @param unit a currency such as {@code USD}, a symbol, an asset's identifier, or {@code atomic} and an identifier for
 *     the asset's smallest unit
 */
public record MoneyTerm(BigDecimal units, String unit) {
    private static final int MAX_WHOLE = 78;
    private static final int MAX_DECIMALS = 36;
    private static final String ATOMIC = "atomic ";

    public MoneyTerm {
        requireNonNull(units, "units");
        requireNonNull(unit, "unit");
        if (units.signum() < 0
                || units.scale() > MAX_DECIMALS
                || (long) units.precision() - units.scale() > MAX_WHOLE
                || units.scale() < -MAX_WHOLE) {
            throw new IllegalArgumentException("money: expected 0 or more with at most " + MAX_DECIMALS
                    + " decimals, saw a number of " + units.precision() + " digits, scale " + units.scale()
                    + " and sign " + units.signum());
        }
        units = units.signum() == 0 ? BigDecimal.ZERO : units.stripTrailingZeros();
        if (!isUnit(unit)) {
            throw new IllegalArgumentException(
                    "money: expected a unit such as USD, USDC or atomic eip155:8453/0x8335…, saw "
                            + Shown.quoted(unit));
        }
        if (unit.startsWith(ATOMIC) && units.scale() > 0) {
            throw new IllegalArgumentException(
                    "money: expected whole numbers of the smallest unit, saw " + units.toPlainString());
        }
    }

    /**
     * Parses {@code 0.05 USD}, {@code $0.05} for the same, {@code 10 USDC} or {@code 10000 atomic eip155:8453/0x8335…}.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static MoneyTerm parse(String text) {
        requireNonNull(text, "text");
        boolean dollar = text.startsWith("$");
        int begin = dollar ? 1 : 0;
        int end = digits(text, begin);
        if (end > begin && end < text.length() && text.charAt(end) == '.') {
            int fraction = digits(text, end + 1);
            end = fraction > end + 1 && fraction - end - 1 <= MAX_DECIMALS ? fraction : begin;
        }
        boolean number = end > begin && end - begin <= MAX_WHOLE + 1 + MAX_DECIMALS;
        String unit = dollar ? "USD" : number && text.startsWith(" ", end) ? text.substring(end + 1) : "";
        if (!number || (dollar && end < text.length()) || !isUnit(unit)) {
            throw new IllegalArgumentException(
                    "money: expected an amount and a unit such as 0.05 USD, saw " + Shown.quoted(text));
        }
        return new MoneyTerm(new BigDecimal(text.substring(begin, end)), unit);
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean isUnit(String unit) {
        if (unit.startsWith(ATOMIC)) {
            return assetId(unit.substring(ATOMIC.length())).isPresent();
        }
        return Words.isWord(unit)
                && unit.indexOf(' ') < 0
                && !Character.isDigit(unit.charAt(0))
                && (unit.indexOf('/') < 0 || assetId(unit).isPresent());
    }

    static Optional<AssetId> assetId(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || slash + 1 == text.length() || !Words.isWord(text) || text.indexOf(' ') >= 0) {
            return Optional.empty();
        }
        return Network.find(text.substring(0, slash)).map(network -> new AssetId(network, text.substring(slash + 1)));
    }

    /** Whether the unit is an asset's smallest. */
    public boolean isAtomic() {
        return unit.startsWith(ATOMIC);
    }

    /** The asset whose unit it is, in the spelling that was written; empty for a currency or a symbol. */
    public Optional<AssetId> asset() {
        return assetId(isAtomic() ? unit.substring(ATOMIC.length()) : unit);
    }

    /** Such as {@code 0.05 USD}; parses back. */
    @Override
    public String toString() {
        return units.toPlainString() + " " + unit;
    }
}
