package dev.x402.tck;

import dev.x402.tck.reference.Flaw;
import dev.x402.tck.reference.LedgerFixture;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Runs rules outside of JUnit, as its extension does. */
final class Trial {
    static final List<Rule> RULES = Rule.all(SchemeConformance.class);

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private Trial() {}

    /** A plugin made anew for each rule. */
    interface Maker {
        SchemeFixture fixture(TckEnvironment env) throws Exception;
    }

    private record Kit(Maker maker) implements SchemeConformance {
        @Override
        public SchemeFixture fixture(TckEnvironment env) throws Exception {
            return maker.fixture(env);
        }
    }

    static Settings settings(Duration deadline) {
        return new Settings(Set.of(), 402, deadline, true, Set.of(), Optional.empty(), Path.of("target/x402-tck"));
    }

    static RuleResult run(Rule rule, Settings settings, Maker maker) {
        return runOn(rule, settings, new Kit(maker));
    }

    static RuleResult runOn(Rule rule, Settings settings, RuleKit kit) {
        try (ExitWatch exits = new ExitWatch()) {
            return new RuleRun(rule, kit, settings, exits, bench -> {
                        try {
                            rule.method().invoke(kit, bench);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    })
                    .run();
        }
    }

    static Map<String, RuleResult> all(Settings settings, Maker maker) {
        Map<String, RuleResult> results = new TreeMap<>();
        RULES.forEach(rule -> results.put(rule.id(), run(rule, settings, maker)));
        return results;
    }

    /** The rules that fail, with what they say. */
    static Map<String, RuleResult> failing(Flaw flaw) {
        Map<String, RuleResult> failing = all(settings(DEADLINE), env -> new LedgerFixture(env, flaw));
        failing.values().removeIf(result -> result.outcome() != RuleOutcome.FAIL);
        return failing;
    }

    /** What these rules say. */
    static Map<String, RuleResult> only(Flaw flaw, Set<String> ids) {
        Map<String, RuleResult> results = new TreeMap<>();
        RULES.stream()
                .filter(rule -> ids.contains(rule.id()))
                .forEach(rule ->
                        results.put(rule.id(), run(rule, settings(DEADLINE), env -> new LedgerFixture(env, flaw))));
        return results;
    }
}
