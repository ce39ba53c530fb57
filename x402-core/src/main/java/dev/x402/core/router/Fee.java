package dev.x402.core.router;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import dev.x402.spi.Asset;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a facilitator takes for a payment, as its contract says: no message of the protocol does.
 *
 * @param flat for each payment, in whole units of the currency
 * @param currency ISO 4217 code; empty when nothing is flat
 * @param percent of the amount, such as 0.5
 */
public record Fee(BigDecimal flat, String currency, BigDecimal percent) {
    /** Nothing at all. */
    public static final Fee NONE = new Fee(BigDecimal.ZERO, "", BigDecimal.ZERO);

    private static final int LONGEST = 64;
    private static final String NUMBER = "(\\d{1,12}(?:\\.\\d{1,12})?)";
    private static final Pattern WRITTEN =
            Pattern.compile("(?:" + NUMBER + " ([A-Z]{3}))?( \\+ )?(?:" + NUMBER + " %)?");

    public Fee {
        requireNonNull(flat, "flat");
        requireNonNull(currency, "currency");
        requireNonNull(percent, "percent");
        if (flat.signum() < 0 || percent.signum() < 0) {
            throw new IllegalArgumentException("fee: expected 0 or more, saw " + flat + " and " + percent + " %");
        }
        if (flat.signum() > 0 && currency.isEmpty()) {
            throw new IllegalArgumentException("fee: expected a currency such as USD beside " + flat + ", saw none");
        }
        if (flat.signum() == 0) {
            flat = BigDecimal.ZERO;
            currency = "";
        }
        if (percent.signum() == 0) {
            percent = BigDecimal.ZERO;
        }
    }

    /**
     * Parses {@code none}, {@code 0.001 USD}, {@code 0.5 %} or {@code 0.001 USD + 0.5 %}.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static Fee parse(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        Matcher matcher = WRITTEN.matcher(text);
        boolean written = text.length() <= LONGEST && !text.isEmpty() && matcher.matches();
        if (!written || (matcher.group(3) != null) != (matcher.group(1) != null && matcher.group(4) != null)) {
            throw new IllegalArgumentException(
                    "fee: expected none, 0.001 USD, 0.5 % or 0.001 USD + 0.5 %, saw " + Shown.quoted(text, LONGEST));
        }
        return new Fee(
                number(matcher.group(1)), matcher.group(2) == null ? "" : matcher.group(2), number(matcher.group(4)));
    }

    /** The fee for so much of an asset, in its whole units; empty when the currencies differ. */
    Optional<BigDecimal> of(Asset asset, AtomicAmount amount) {
        if (flat.signum() > 0 && !currency.equals(asset.currency())) {
            return Optional.empty();
        }
        return Optional.of(flat.add(asset.toUnits(amount).multiply(percent).movePointLeft(2))
                .stripTrailingZeros());
    }

    /** The fee as it is parsed. */
    @Override
    public String toString() {
        if (flat.signum() == 0) {
            return percent.signum() == 0 ? "none" : percent.toPlainString() + " %";
        }
        String fixed = flat.toPlainString() + " " + currency;
        return percent.signum() == 0 ? fixed : fixed + " + " + percent.toPlainString() + " %";
    }

    private static BigDecimal number(String digits) {
        return digits == null ? BigDecimal.ZERO : new BigDecimal(digits);
    }
}
