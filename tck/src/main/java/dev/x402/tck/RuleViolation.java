package dev.x402.tck;

/** A rule does not hold: what was done, what was expected, what was seen. */
public final class RuleViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String did;
    private final String expected;
    private final String observed;

    /** States the three facts, each without signed content. */
    public RuleViolation(String did, String expected, String observed) {
        super(did + ": expected " + expected + ", observed " + observed);
        this.did = did;
        this.expected = expected;
        this.observed = observed;
    }

    /** What the kit did. */
    public String did() {
        return did;
    }

    /** What should have come of it. */
    public String expected() {
        return expected;
    }

    /** What came of it. */
    public String observed() {
        return observed;
    }
}
