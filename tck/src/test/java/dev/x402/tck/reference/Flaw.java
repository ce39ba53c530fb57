package dev.x402.tck.reference;

import java.util.Set;

/** One thing that the reference does wrong on request, and the rules that find it: just these. */
public enum Flaw {
    NONE,
    NAMES_NO_PAYER("X402-VERIFY-01"),
    REMEMBERS_WHAT_IT_VERIFIED("X402-VERIFY-02"),
    SIGNATURE_UNCHECKED("X402-VERIFY-03"),
    THROWS_AT_NONSENSE("X402-VERIFY-04"),
    AMOUNT_AT_MOST("X402-VERIFY-05"),
    AMOUNT_AT_LEAST("X402-VERIFY-06"),
    PAYEE_UNCHECKED("X402-VERIFY-07"),
    ASSET_UNCHECKED("X402-VERIFY-08"),
    NETWORK_WIDENED("X402-VERIFY-09"),
    SCHEME_UNCHECKED("X402-VERIFY-10"),
    TERMS_FROM_THE_ECHO("X402-VERIFY-11"),
    EXPIRY_UNCHECKED("X402-VERIFY-12"),
    MARGIN_UNDECLARED("X402-VERIFY-13"),
    BALANCE_UNCHECKED("X402-VERIFY-14"),
    POVERTY_UNNAMED("X402-VERIFY-15"),
    NONSENSE_UNNAMED("X402-VERIFY-16"),
    OUTAGE_IS_INVALID("X402-VERIFY-17"),
    MESSAGE_SHOWS_THE_PROOF("X402-VERIFY-18"),
    SHARES_A_BUFFER("X402-VERIFY-19"),
    USE_UNCHECKED("X402-VERIFY-20"),
    KIND_UNLISTED("X402-VERIFY-21");

    private final Set<String> killedBy;

    Flaw(String... killedBy) {
        this.killedBy = Set.of(killedBy);
    }

    public Set<String> killedBy() {
        return killedBy;
    }
}
