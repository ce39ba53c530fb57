package dev.x402.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One rule on one fixture: opens, runs, judges, closes. */
final class RuleRun {
    private final Rule rule;
    private final RuleKit kit;
    private final Settings settings;
    private final ExitWatch exits;
    private final Body body;
    private volatile @Nullable Bench bench;
    private volatile RuleResult result;
    private volatile Subject subject = Subject.UNKNOWN;

    /** The rule's method on a bench. */
    @FunctionalInterface
    interface Body {
        void on(Bench bench) throws Throwable;
    }

    RuleRun(Rule rule, RuleKit kit, Settings settings, ExitWatch exits, Body body) {
        this.rule = rule;
        this.kit = kit;
        this.settings = settings;
        this.exits = exits;
        this.body = body;
        this.result = RuleResult.of(rule, RuleOutcome.INCONCLUSIVE, "the rule did not end");
    }

    /** What the fixture showed; unknown when it could not be made. */
    Subject subject() {
        return subject;
    }

    RuleResult run() {
        if (rule.isUntested()) {
            return RuleResult.of(rule, RuleOutcome.UNTESTED, rule.spec().untested());
        }
        long begin = System.nanoTime();
        RuleThread thread = new RuleThread(rule.id(), exits);
        RuleThread.End end = thread.run(this::open, settings.deadline());
        RuleResult judged = result;
        if (end instanceof RuleThread.End.Hung hung) {
            judged = failed(
                    "an end within " + settings.deadline().toMillis() + " ms",
                    "it hung" + (hung.where().isEmpty() ? "" : " in " + hung.where()));
        } else if (end instanceof RuleThread.End.Exited) {
            judged = failed("a plugin that leaves the JVM alone", "it called System.exit; the other rules go on");
        } else {
            List<String> left = thread.left();
            if (!left.isEmpty() && judged.outcome() == RuleOutcome.PASS) {
                judged = new RuleResult(
                        rule,
                        RuleOutcome.FAIL,
                        "closed every side and the fixture",
                        "no thread left",
                        "threads still running: " + String.join(", ", left),
                        0);
            }
        }
        return weighed(judged).after((System.nanoTime() - begin) / 1_000_000);
    }

    private void open() {
        TckEnvironment env = new TckEnvironment(rule.id(), settings.seed(), settings.facilitator());
        SchemeFixture fixture;
        try {
            fixture = kit.fixture(env);
        } catch (Throwable e) {
            result = unjudged("the fixture threw " + Thrown.told(e));
            return;
        }
        try (fixture) {
            subject = Subject.of(fixture);
            Set<Capability> missing = new TreeSet<>(List.of(rule.spec().needs()));
            missing.removeAll(fixture.capabilities());
            if (!missing.isEmpty()) {
                result = RuleResult.of(rule, RuleOutcome.NOT_APPLICABLE, "not claimed: " + names(missing));
                return;
            }
            Bench open = new Bench(env, fixture);
            bench = open;
            result = on(open);
        } catch (Throwable e) {
            result = unjudged("the fixture threw " + Thrown.told(e));
        }
    }

    private RuleResult on(Bench open) {
        RuleResult judged;
        try {
            body.on(open);
            judged = RuleResult.of(rule, RuleOutcome.PASS, "");
        } catch (Throwable e) {
            judged = judged(e, open);
        }
        try {
            open.close();
        } catch (RuleViolation e) {
            return judged.outcome() == RuleOutcome.PASS ? judged(e, open) : judged;
        }
        return judged;
    }

    private RuleResult judged(Throwable thrown, Bench open) {
        if (thrown instanceof Unjudged unjudged) {
            return new RuleResult(rule, unjudged.outcome(), open.did(), "", String.valueOf(unjudged.getMessage()), 0);
        }
        if (thrown instanceof RuleViolation violation) {
            return new RuleResult(
                    rule, RuleOutcome.FAIL, violation.did(), violation.expected(), violation.observed(), 0);
        }
        if (Thrown.byTheKit(thrown)) {
            return new RuleResult(
                    rule, RuleOutcome.INCONCLUSIVE, open.did(), "", "the kit itself threw " + Thrown.told(thrown), 0);
        }
        return new RuleResult(rule, RuleOutcome.FAIL, open.did(), "nothing thrown", "threw " + Thrown.told(thrown), 0);
    }

    private RuleResult failed(String expected, String observed) {
        Bench open = bench;
        return open == null
                ? new RuleResult(rule, RuleOutcome.INCONCLUSIVE, "opened the fixture", expected, observed, 0)
                : new RuleResult(rule, RuleOutcome.FAIL, open.did(), expected, observed, 0);
    }

    private RuleResult unjudged(String why) {
        return RuleResult.of(rule, RuleOutcome.INCONCLUSIVE, why);
    }

    /** What was judged, by the rule's level and by what is known to fail. */
    private RuleResult weighed(RuleResult judged) {
        boolean known = settings.known().contains(rule.id());
        if (judged.outcome() == RuleOutcome.PASS) {
            return known
                    ? new RuleResult(
                            rule,
                            RuleOutcome.STALE,
                            "ran a rule that is listed as known to fail",
                            "a failure",
                            "it holds: take it off the list",
                            0)
                    : judged;
        }
        if (judged.outcome() == RuleOutcome.FAIL && known) {
            return judged.as(RuleOutcome.EXPECTED_FAIL);
        }
        boolean mild = rule.spec().level() == Level.SHOULD && !settings.strict();
        return judged.outcome() == RuleOutcome.FAIL && mild ? judged.as(RuleOutcome.WARN) : judged;
    }

    private static String names(Set<Capability> capabilities) {
        List<String> names = new ArrayList<>();
        capabilities.forEach(capability -> names.add(capability.name()));
        return String.join(", ", names);
    }
}
