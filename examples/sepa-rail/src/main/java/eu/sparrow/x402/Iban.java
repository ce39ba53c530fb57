package eu.sparrow.x402;

import java.util.Map;
import java.util.Optional;

/**
 * The number of an account (ISO 13616), checked by its length and its two check digits.
 *
 * @param value capital letters and digits, without spaces
 */
record Iban(String value) {
    private static final int MODULUS = 97;

    /** How long a number is, by country; a country that is not here is not served. */
    private static final Map<String, Integer> LENGTHS = Map.ofEntries(
            Map.entry("AT", 20),
            Map.entry("BE", 16),
            Map.entry("DE", 22),
            Map.entry("ES", 24),
            Map.entry("FI", 18),
            Map.entry("FR", 27),
            Map.entry("IE", 22),
            Map.entry("IT", 27),
            Map.entry("LU", 20),
            Map.entry("NL", 18),
            Map.entry("PT", 25));

    /** The number in its one spelling; small letters are the same number, spaces are none. */
    // snippet: iban
    static Optional<Iban> find(String text) {
        if (!text.matches("[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{1,30}")) {
            return Optional.empty();
        }
        String plain = text.toUpperCase(java.util.Locale.ROOT);
        boolean whole = Integer.valueOf(plain.length()).equals(LENGTHS.get(plain.substring(0, 2)));
        return whole && remainder(plain.substring(4) + plain.substring(0, 4)) == 1
                ? Optional.of(new Iban(plain))
                : Optional.empty();
    }

    /** By 97, with each letter as two digits: A is 10, Z is 35. */
    private static int remainder(String text) {
        int rest = 0;
        for (char c : text.toCharArray()) {
            int digits = Character.digit(c, 36);
            rest = (rest * (digits < 10 ? 10 : 100) + digits) % MODULUS;
        }
        return rest;
    }
    // end: iban

    /** The number of an account at a bank in this country. */
    static Iban of(String country, String account) {
        String check = "%02d".formatted(MODULUS + 1 - remainder(account + country + "00"));
        return find(country + check + account)
                .orElseThrow(() -> new IllegalArgumentException("iban: expected an account in " + country));
    }

    /** The country and the last four digits: a whole number is nobody's business in a log. */
    @Override
    public String toString() {
        return value.substring(0, 2) + "…" + value.substring(value.length() - 4);
    }
}
