package dev.x402.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a rule looked at and what breaks it. */
final class Report {
    /**
     * One breach.
     *
     * @param subject a class, module or file, the name that an allow-list entry gives
     */
    record Finding(String subject, String what) {
        @Override
        public String toString() {
            return subject + ": " + what;
        }
    }

    private final String rule;
    private final List<Finding> findings = new ArrayList<>();
    private int looked;

    Report(String rule) {
        this.rule = rule;
    }

    void looked() {
        looked++;
    }

    void found(String subject, String what) {
        findings.add(new Finding(subject, what));
    }

    int lookedAt() {
        return looked;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Fails when something breaks the rule, or when too little was looked at to say so. */
    void passes(int atLeast, String things) {
        passes(atLeast, things, AllowList.read());
    }

    void passes(int atLeast, String things, AllowList allowed) {
        List<Finding> breaches = findings.stream()
                .filter(f -> !allowed.allows(rule, f.subject()))
                .toList();
        if (!breaches.isEmpty()) {
            fail("Rule " + rule + " is broken in " + breaches.size() + " place(s):\n"
                    + breaches.stream().map(f -> "  " + f).collect(Collectors.joining("\n"))
                    + "\nChange the code; an exception needs a line with its reason in"
                    + " testing/architecture/src/test/resources/allowed.txt");
        }
        List<String> stale =
                allowed.unused(rule, findings.stream().map(Finding::subject).toList());
        assertTrue(stale.isEmpty(), () -> "Rule " + rule + " no longer needs these lines of allowed.txt: " + stale);
        assertTrue(
                looked >= atLeast,
                () -> "Rule " + rule + " looked at " + looked + " " + things + "; expected at least " + atLeast);
    }
}
