package dev.x402.tck;

import dev.x402.spec.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What one test class showed. */
final class RunLog {
    private final Class<?> testClass;
    private final Settings settings;
    private final Map<String, RuleResult> results = new ConcurrentSkipListMap<>();
    private volatile Subject subject = Subject.UNKNOWN;

    RunLog(Class<?> testClass, Settings settings) {
        this.testClass = testClass;
        this.settings = settings;
    }

    Class<?> testClass() {
        return testClass;
    }

    void add(RuleResult result) {
        results.put(result.rule().id(), result);
    }

    void judged(Subject seen) {
        if (subject.equals(Subject.UNKNOWN)) {
            subject = seen;
        }
    }

    /** The result of every rule of the class, those that did not run as untested. */
    List<RuleResult> results() {
        Map<String, RuleResult> all = new TreeMap<>(results);
        for (Class<?> kit : Kits.of(testClass)) {
            for (Rule rule : Rule.all(kit)) {
                all.putIfAbsent(
                        rule.id(),
                        RuleResult.of(
                                rule, RuleOutcome.UNTESTED, "left out of this run: selected, overridden or disabled"));
            }
        }
        return all.values().stream()
                .sorted(Comparator.comparing(result -> result.rule().id()))
                .toList();
    }

    Verdict verdict() {
        List<RuleResult> all = results();
        if (all.stream()
                .allMatch(result -> result.outcome() == RuleOutcome.INCONCLUSIVE
                        || result.outcome() == RuleOutcome.UNTESTED
                        || result.outcome() == RuleOutcome.NOT_APPLICABLE)) {
            return Verdict.NOT_JUDGED;
        }
        if (all.stream().anyMatch(RuleResult::isBad)) {
            return Verdict.NOT_CONFORMANT;
        }
        boolean judged = all.stream()
                .anyMatch(result -> result.outcome() == RuleOutcome.PASS
                        && result.rule().spec().level() == Level.MUST);
        if (!judged) {
            return Verdict.NOT_JUDGED;
        }
        boolean whole = all.stream()
                .noneMatch(result -> result.outcome() == RuleOutcome.UNTESTED
                        && !result.rule().isUntested());
        return whole ? Verdict.CONFORMANT : Verdict.PARTIAL;
    }

    Map<RuleOutcome, Long> totals() {
        Map<RuleOutcome, Long> totals = new TreeMap<>();
        results().forEach(result -> totals.merge(result.outcome(), 1L, Long::sum));
        return totals;
    }

    /** The run in one line. */
    String line() {
        List<String> counts = new ArrayList<>();
        totals().forEach((outcome, count) -> counts.add(count + " " + outcome));
        return "x402 compatibility: " + testClass.getSimpleName() + " is "
                + verdict().words() + " (" + String.join(", ", counts) + ")";
    }

    Subject subject() {
        return subject;
    }

    Settings settings() {
        return settings;
    }

    Json json() {
        Json.Builder totals = Json.object();
        totals().forEach((outcome, count) -> totals.put(outcome.name(), count));
        return Json.object()
                .put("kit", version())
                .put("testClass", testClass.getName())
                .put("verdict", verdict().name())
                .put("line", line())
                .put("seed", settings.seed())
                .put("strict", settings.strict())
                .put("java", String.valueOf(Runtime.version()))
                .put("subject", subject().json())
                .put("totals", totals.build())
                .put(
                        "rules",
                        new Json.Arr(results().stream().map(RuleResult::json).toList()))
                .build();
    }

    static String version() {
        String version = RunLog.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
