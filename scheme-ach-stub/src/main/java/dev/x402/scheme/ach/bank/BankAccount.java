package dev.x402.scheme.ach.bank;

import static java.util.Objects.requireNonNull;

import dev.x402.scheme.ach.AccountKind;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An account at a bank; its number is never printed.
 *
 * @param routing 9 digits with their checksum, of a prefix that is in use
 * @param number 4 to 17 letters, digits, hyphens or spaces
 * @param kind whose it is
 */
public record BankAccount(String routing, String number, AccountKind kind) {
    private static final String ROUTING =
            "9 digits with a right checksum and a prefix of 00 to 12, 21 to 32, 61 to 72 or 80";
    private static final String NUMBER = "4 to 17 letters, digits, hyphens or spaces";
    private static final Pattern NINE_DIGITS = Pattern.compile("[0-9]{9}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9A-Za-z][0-9A-Za-z -]{3,16}");

    public BankAccount {
        requireNonNull(kind, "kind");
        if (!isRouting(routing)) {
            throw new IllegalArgumentException("routing: expected " + ROUTING);
        }
        if (!isNumber(number)) {
            throw new IllegalArgumentException("number: expected " + NUMBER);
        }
    }

    /**
     * Reads {@code routing}, {@code number} and {@code kind}.
     *
     * @throws MalformedMessageException naming the member that is wrong; it repeats none of them
     */
    public static BankAccount parse(JsonCursor at) {
        String routing = text(at.member("routing"), ROUTING);
        if (!isRouting(routing)) {
            throw malformed(at.member("routing"), ROUTING, routing);
        }
        String number = text(at.member("number"), NUMBER);
        if (!isNumber(number)) {
            throw malformed(at.member("number"), NUMBER, number);
        }
        String kinds = "one of " + Arrays.toString(AccountKind.values());
        String kind = text(at.member("kind"), kinds);
        Optional<AccountKind> known = Arrays.stream(AccountKind.values())
                .filter(value -> value.name().equals(kind))
                .findFirst();
        return new BankAccount(routing, number, known.orElseThrow(() -> malformed(at.member("kind"), kinds, kind)));
    }

    /** Whether a text has the form of a routing number. */
    public static boolean isRouting(String text) {
        if (!NINE_DIGITS.matcher(text).matches() || text.equals("000000000")) {
            return false;
        }
        int prefix = Integer.parseInt(text.substring(0, 2));
        boolean known =
                prefix <= 12 || (prefix >= 21 && prefix <= 32) || (prefix >= 61 && prefix <= 72) || prefix == 80;
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            int weight = i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1;
            sum += weight * (text.charAt(i) - '0');
        }
        return known && sum % 10 == 0;
    }

    /** What people may be shown. */
    public String last4() {
        return number.substring(number.length() - 4);
    }

    /** Kind and last four characters. */
    @Override
    public String toString() {
        return kind + " account ending in " + last4();
    }

    private static boolean isNumber(String text) {
        return ACCOUNT.matcher(text).matches();
    }

    private static String text(JsonCursor at, String expected) {
        if (at.value() instanceof dev.x402.spec.Json.Str str) {
            return str.value();
        }
        throw new MalformedMessageException(at.pointer(), expected, "no text");
    }

    private static MalformedMessageException malformed(JsonCursor at, String expected, String seen) {
        return new MalformedMessageException(
                at.pointer(), expected, "another text of " + seen.length() + " characters");
    }
}
