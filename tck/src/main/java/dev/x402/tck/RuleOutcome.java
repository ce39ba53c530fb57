package dev.x402.tck;

/** What came of one rule. */
public enum RuleOutcome {
    /** It holds. */
    PASS,
    /** It does not hold. */
    FAIL,
    /** A rule that should hold does not. */
    WARN,
    /** The fixture does not claim a capability that the rule needs. */
    NOT_APPLICABLE,
    /** Nothing could be judged: the untouched payment was not accepted, or the fixture broke. */
    INCONCLUSIVE,
    /** The kit cannot test it, or it was left out of this run. */
    UNTESTED,
    /** It fails, as the list of known failures says. */
    EXPECTED_FAIL,
    /** It holds although the list of known failures says that it fails. */
    STALE
}
