package dev.x402.scheme.ach;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a payer agreed to: who may debit which account, for whom, how much and until when.
 *
 * @param id such as {@code mdt_} and letters
 * @param originator the ten characters by which banks know who debits
 * @param merchant who is paid, as an offer's {@code payTo} says it
 * @param account token of the payer's account, for this mandate and merchant only
 * @param key the payer's Ed25519 key, 32 bytes; it signs every payment
 * @param sec how the payer authorised
 * @param scope once, or again and again
 * @param maximum cents: in each period, or of the one payment
 * @param period in which the maximum counts anew; of no meaning when single
 * @param from the first moment of it
 * @param until the first moment after it
 */
public record Mandate(
        String id,
        String originator,
        String merchant,
        String account,
        Bytes key,
        SecCode sec,
        Scope scope,
        long maximum,
        Period period,
        Instant from,
        Instant until) {
    public Mandate {
        from = from.truncatedTo(ChronoUnit.SECONDS);
        until = until.truncatedTo(ChronoUnit.SECONDS);
        requireNonNull(sec, "sec");
        requireNonNull(scope, "scope");
        requireNonNull(period, "period");
        required(Ach.isMandate(id), "id: expected mdt_ and 16 to 40 letters or digits");
        required(Ach.isOriginator(originator), "originator: expected 10 capital letters or digits");
        required(Ach.isPayee(merchant), "merchant: expected a role or an account token");
        required(Ach.isAccountToken(account), "account: expected acct_ and 16 to 40 letters or digits");
        required(key.size() == Ed25519.KEY_BYTES, "key: expected 32 bytes");
        required(maximum >= 1 && maximum <= Ach.MOST_CENTS, "maximum: expected 1 to " + Ach.MOST_CENTS + " cents");
        required(from.isBefore(until), "until: expected a time after from");
    }

    /** How often it may be used. */
    public enum Scope {
        /** For one payment. */
        SINGLE,
        /** For any number of payments. */
        RECURRING
    }

    /** In which time the maximum counts; by the calendar of New York. */
    public enum Period {
        /** Each day. */
        DAY,
        /** Each week from Monday. */
        WEEK,
        /** Each month. */
        MONTH,
        /** Each year. */
        YEAR
    }

    /**
     * Reads a mandate.
     *
     * @throws dev.x402.spec.MalformedMessageException naming the member that is wrong
     */
    public static Mandate parse(JsonCursor at) {
        return new Mandate(
                matching(at.member("id"), Ach.isMandate(at.member("id").text()), "mdt_ and 16 to 40 letters or digits"),
                matching(
                        at.member("originator"),
                        Ach.isOriginator(at.member("originator").text()),
                        "10 capital letters or digits"),
                matching(
                        at.member("merchant"), Ach.isPayee(at.member("merchant").text()), "a role or an account token"),
                matching(
                        at.member("account"),
                        Ach.isAccountToken(at.member("account").text()),
                        "acct_ and 16 to 40 letters or digits"),
                Hex.at(at.member("key"), Ed25519.KEY_BYTES),
                named(at.member("sec"), SecCode.values()),
                named(at.member("scope"), Scope.values()),
                cents(at.member("maximum")),
                named(at.member("period"), Period.values()),
                time(at.member("from")),
                until(at));
    }

    /** The mandate as it is sent. */
    public Json.Obj toJson() {
        return Json.Obj.EMPTY
                .with("id", id)
                .with("originator", originator)
                .with("merchant", merchant)
                .with("account", account)
                .with("key", Hex.of(key))
                .with("sec", sec.name())
                .with("scope", scope.name())
                .with("maximum", Long.toString(maximum))
                .with("period", period.name())
                .with("from", Long.toString(from.getEpochSecond()))
                .with("until", Long.toString(until.getEpochSecond()));
    }

    /** What the payer signs: each member on a line, so that no two mandates have the same bytes. */
    public Bytes toBytes() {
        return Bytes.of(String.join(
                        "\n",
                        "x402 ach mandate 1",
                        Ach.NETWORK.toString(),
                        id,
                        originator,
                        merchant,
                        account,
                        Hex.of(key),
                        sec.name(),
                        scope.name(),
                        Long.toString(maximum),
                        period.name(),
                        Long.toString(from.getEpochSecond()),
                        Long.toString(until.getEpochSecond()))
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it holds at this time, as far as it says itself. */
    public boolean isInForce(Instant time) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    static long cents(JsonCursor at) {
        String digits = at.amount().toString();
        if (digits.length() > 10 || digits.equals("0")) {
            throw at.malformed("cents, 1 to " + Ach.MOST_CENTS);
        }
        return Long.parseLong(digits);
    }

    static Instant time(JsonCursor at) {
        String digits = at.amount().toString();
        if (digits.length() > 11) {
            throw at.malformed("seconds since 1970, at most 11 digits");
        }
        return Instant.ofEpochSecond(Long.parseLong(digits));
    }

    static String matching(JsonCursor at, boolean matches, String expected) {
        if (!matches) {
            throw at.malformed(expected);
        }
        return at.text();
    }

    private static Instant until(JsonCursor at) {
        Instant until = time(at.member("until"));
        if (!time(at.member("from")).isBefore(until)) {
            throw at.member("until").malformed("a time after from");
        }
        return until;
    }

    private static <E extends Enum<E>> E named(JsonCursor at, E[] values) {
        String text = at.text();
        Optional<E> found = java.util.Arrays.stream(values)
                .filter(value -> value.name().equals(text))
                .findFirst();
        return found.orElseThrow(() -> at.malformed("one of " + java.util.Arrays.toString(values)));
    }

    private static void required(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("mandate: " + otherwise);
        }
    }
}
