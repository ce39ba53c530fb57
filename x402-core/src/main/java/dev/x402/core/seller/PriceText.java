package dev.x402.core.seller;

import java.util.regex.Pattern;

/** The form of a price in words: plain digits, one space, one unit; no sign, exponent or separator. */
final class PriceText {
    /** Longer than any price. */
    static final int LIMIT = 128;

    private static final String NUMBER = "[0-9]{1,78}(?:\\.[0-9]{1,36})?";

    static final Pattern DECIMAL = Pattern.compile(NUMBER);
    static final Pattern FORM = Pattern.compile("\\$(?<dollars>" + NUMBER
            + ")|(?<atomic>0|[1-9][0-9]{0,77}) atomic|(?<number>" + NUMBER + ") (?<unit>units|[A-Z]{3})");

    private PriceText() {}
}
