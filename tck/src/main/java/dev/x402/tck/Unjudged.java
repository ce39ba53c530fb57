package dev.x402.tck;

/** The rule could not be judged; it neither holds nor fails. */
final class Unjudged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuleOutcome outcome;

    private Unjudged(RuleOutcome outcome, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    static Unjudged inconclusive(String why) {
        return new Unjudged(RuleOutcome.INCONCLUSIVE, why);
    }

    static Unjudged notApplicable(String why) {
        return new Unjudged(RuleOutcome.NOT_APPLICABLE, why);
    }

    RuleOutcome outcome() {
        return outcome;
    }
}
