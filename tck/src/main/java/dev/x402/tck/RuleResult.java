package dev.x402.tck;

import dev.x402.spec.Json;

/**
 * What came of a rule in one run.
 *
 * @param rule the rule
 * @param outcome what came of it
 * @param did what the kit did last; empty when it held
 * @param expected what should have come of it; empty when nothing was judged
 * @param observed what came of it, or why nothing was judged
 * @param millis how long it took
 */
record RuleResult(Rule rule, RuleOutcome outcome, String did, String expected, String observed, long millis) {
    static RuleResult of(Rule rule, RuleOutcome outcome, String why) {
        return new RuleResult(rule, outcome, "", "", why, 0);
    }

    RuleResult as(RuleOutcome other) {
        return new RuleResult(rule, other, did, expected, observed, millis);
    }

    RuleResult after(long took) {
        return new RuleResult(rule, outcome, did, expected, observed, took);
    }

    /** Whether the plugin is not conformant for this. */
    boolean isBad() {
        return outcome == RuleOutcome.FAIL || outcome == RuleOutcome.INCONCLUSIVE || outcome == RuleOutcome.STALE;
    }

    /** Everything that the author needs: the rule, the facts, the usual causes, where to read and how to repeat. */
    String message(String testClass, long seed) {
        SpecRule spec = rule.spec();
        StringBuilder text = new StringBuilder()
                .append(rule.id())
                .append(" [")
                .append(spec.level())
                .append("] ")
                .append(spec.intent())
                .append("   (x402 ")
                .append(spec.spec())
                .append(")\n  outcome        ")
                .append(outcome);
        line(text, "did", did);
        line(text, "expected", expected);
        line(text, "observed", observed);
        line(text, "usual causes", String.join("; ", spec.causes()));
        line(text, "read", "RULES.md#" + rule.anchor());
        line(
                text,
                "repeat",
                "mvn test -Dtest=" + testClass + " -Dx402.tck.only=" + rule.id() + " -Dx402.tck.seed=" + seed
                        + "   or on a jar   --only " + rule.id() + " --seed " + seed);
        return text.toString();
    }

    Json json() {
        SpecRule spec = rule.spec();
        return Json.object()
                .put("id", rule.id())
                .put("level", spec.level().name())
                .put("outcome", outcome.name())
                .put("intent", spec.intent())
                .put("spec", spec.spec())
                .put("quote", spec.quote().isEmpty() ? null : spec.quote())
                .put("did", did.isEmpty() ? null : did)
                .put("expected", expected.isEmpty() ? null : expected)
                .put("observed", observed.isEmpty() ? null : observed)
                .put("millis", millis)
                .build();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("\n  ").append(String.format("%-15s", name)).append(value);
        }
    }
}
