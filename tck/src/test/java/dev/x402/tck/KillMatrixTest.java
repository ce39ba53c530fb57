package dev.x402.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.tck.reference.Flaw;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every flaw is found by just the rules that are declared for it. */
final class KillMatrixTest {
    @ParameterizedTest
    @EnumSource(Flaw.class)
    void a_flaw_fails_just_the_rules_declared_for_it(Flaw flaw) {
        assertEquals(new TreeSet<>(flaw.killedBy()), Trial.failing(flaw).keySet());
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void a_failure_names_the_rule_and_what_was_done_expected_and_observed(Flaw flaw) {
        Trial.only(flaw, flaw.killedBy()).forEach((id, result) -> {
            String message = result.message("AcmeTest", 402);
            boolean whole = message.startsWith(id + " [")
                    && Stream.of("did", "expected", "observed", "usual causes", "read", "repeat")
                            .allMatch(part -> message.contains("\n  " + part + " "))
                    && message.contains("--only " + id + " --seed 402");
            assertTrue(whole, message);
        });
    }

    @Test
    void every_must_rule_finds_a_flaw_that_no_other_finds() {
        Set<String> alone = new TreeSet<>();
        Arrays.stream(Flaw.values())
                .filter(flaw -> flaw.killedBy().size() == 1)
                .forEach(flaw -> alone.addAll(flaw.killedBy()));
        Set<String> without = new TreeSet<>();
        for (Rule rule : Trial.RULES) {
            if (rule.spec().level() == Level.MUST && !rule.isUntested() && !alone.contains(rule.id())) {
                without.add(rule.id());
            }
        }
        assertEquals(Set.of(), without);
    }

    @Test
    void every_rule_finds_a_flaw() {
        Set<String> found = new TreeSet<>();
        Arrays.stream(Flaw.values()).forEach(flaw -> found.addAll(flaw.killedBy()));
        Set<String> idle = new TreeSet<>();
        Trial.RULES.stream().filter(rule -> !rule.isUntested()).forEach(rule -> idle.add(rule.id()));
        idle.removeAll(found);
        assertEquals(Set.of(), idle);
    }
}
