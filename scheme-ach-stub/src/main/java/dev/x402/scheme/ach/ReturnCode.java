package dev.x402.scheme.ach;

import dev.x402.spec.ErrorCode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why the payer's bank returned a debit; open, because banks know more codes than are told apart here.
 *
 * @param value such as {@code R01}
 */
public record ReturnCode(String value) {
    private static final Pattern FORM = Pattern.compile("R[0-9]{2}");

    /** Not enough money. */
    public static final ReturnCode R01 = new ReturnCode("R01");
    /** The account is closed. */
    public static final ReturnCode R02 = new ReturnCode("R02");
    /** There is no such account. */
    public static final ReturnCode R03 = new ReturnCode("R03");
    /** The account number is none. */
    public static final ReturnCode R04 = new ReturnCode("R04");
    /** A person's account was debited by a corporate entry. */
    public static final ReturnCode R05 = new ReturnCode("R05");
    /** The payer revoked the mandate. */
    public static final ReturnCode R07 = new ReturnCode("R07");
    /** The payer stopped the payment. */
    public static final ReturnCode R08 = new ReturnCode("R08");
    /** The payer does not know the originator, or did not authorise it. */
    public static final ReturnCode R10 = new ReturnCode("R10");
    /** The debit is not as it was authorised. */
    public static final ReturnCode R11 = new ReturnCode("R11");
    /** The account is frozen. */
    public static final ReturnCode R16 = new ReturnCode("R16");
    /** The company did not authorise it. */
    public static final ReturnCode R29 = new ReturnCode("R29");

    private static final Set<String> LATE = Set.of("R05", "R07", "R10", "R11", "R51");
    private static final Set<String> UNAUTHORISED = Set.of("R05", "R07", "R10", "R29", "R51");
    private static final Set<String> ADMINISTRATIVE = Set.of("R02", "R03", "R04");
    private static final Set<String> BLOCKING = Set.of("R02", "R03", "R04", "R16", "R20");
    private static final Set<String> REVOKING = Set.of("R05", "R07", "R08", "R10", "R29");

    public ReturnCode {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("return code: expected one such as R01, saw another text");
        }
    }

    /** The code of this text; empty when it is none. */
    public static Optional<ReturnCode> find(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ReturnCode(text)) : Optional.empty();
    }

    /** Whether a consumer's bank has 60 calendar days for it; else it has two banking days. */
    public boolean isLate() {
        return LATE.contains(value);
    }

    /** Whether it counts among the unauthorised, of which 0.5 % is too many. */
    public boolean isUnauthorised() {
        return UNAUTHORISED.contains(value);
    }

    /** Whether it counts among the administrative, of which 3 % is too many. */
    public boolean isAdministrative() {
        return ADMINISTRATIVE.contains(value);
    }

    /** Whether the account must not be debited again. */
    public boolean blocksAccount() {
        return BLOCKING.contains(value);
    }

    /** Whether the mandate must not be used again. */
    public boolean revokesMandate() {
        return REVOKING.contains(value);
    }

    /** The code of the reversed settlement, such as {@code ach_return_r01}. */
    public ErrorCode code() {
        return new ErrorCode("ach_return_" + value.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return value;
    }
}
