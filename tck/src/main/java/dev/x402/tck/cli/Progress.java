package dev.x402.tck.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Prints each rule as it ends, and keeps the verdicts. */
final class Progress implements TestExecutionListener {
    private final PrintStream out;
    private final List<String> verdicts = new ArrayList<>();
    private int rules;
    private int rulesOfClass;

    Progress(PrintStream out) {
        this.out = out;
    }

    /** The verdict of each class of which a rule ran, such as {@code CONFORMANT}. */
    List<String> verdicts() {
        return List.copyOf(verdicts);
    }

    int rules() {
        return rules;
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        String rule = entry.getKeyValuePairs().get("x402.tck.rule");
        if (rule != null) {
            rules++;
            rulesOfClass++;
            out.printf(
                    "%-15s %-18s %s%n",
                    entry.getKeyValuePairs().get("x402.tck.outcome"),
                    rule,
                    entry.getKeyValuePairs().get("x402.tck.intent"));
        }
        String verdict = entry.getKeyValuePairs().get("x402.tck.verdict");
        if (verdict != null) {
            if (rulesOfClass > 0) {
                verdicts.add(verdict);
            }
            rulesOfClass = 0;
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            result.getThrowable().ifPresent(thrown -> out.println(indented(String.valueOf(thrown.getMessage()))));
        }
    }

    private static String indented(String message) {
        return "  " + message.strip().replace("\n", "\n  ");
    }
}
