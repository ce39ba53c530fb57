package dev.x402.scheme.ach;

import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import java.util.regex.Pattern;

/** The names of the rail and their forms. */
final class Ach {
    static final String SCHEME = "exact";
    static final Network NETWORK = new Network("ach", "us");
    static final Kind KIND = new Kind(SCHEME, NETWORK);
    static final String USD = "USD";

    /** The amount of an entry has ten digits. */
    static final long MOST_CENTS = 9_999_999_999L;

    /** Members of an offer's {@code extra}. */
    static final String ORIGINATOR = "originator";

    static final String FUNDING = "funding";

    /** A member of a supported kind's {@code extra}: the most that the bank guarantees, in cents. */
    static final String GUARANTEED = "guaranteedUpTo";

    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern ACCOUNT = Pattern.compile("acct_[0-9a-z]{16,40}");
    private static final Pattern MANDATE = Pattern.compile("mdt_[0-9a-z]{16,40}");
    private static final Pattern COMPANY = Pattern.compile("[A-Z0-9]{10}");
    private static final Pattern TRACE = Pattern.compile("[0-9]{15}");

    private Ach() {}

    static boolean isAccountToken(String text) {
        return ACCOUNT.matcher(text).matches();
    }

    /** A role that the facilitator resolves, or an account token. */
    static boolean isPayee(String text) {
        return ROLE.matcher(text).matches() || isAccountToken(text);
    }

    static boolean isMandate(String text) {
        return MANDATE.matcher(text).matches();
    }

    /** The ten characters by which banks know who originates. */
    static boolean isOriginator(String text) {
        return COMPANY.matcher(text).matches();
    }

    static boolean isTrace(String text) {
        return TRACE.matcher(text).matches();
    }
}
