package dev.x402.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.tck.reference.Brick;
import dev.x402.tck.reference.BrickFixture;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A facilitator that never looks gets nothing for it. */
final class BricksTest {
    /** Rules that expect a refusal, which a facilitator that never accepts must not hold. */
    private static final Pattern NEGATIVE =
            Pattern.compile("(verify|settle)_.*(Rejected|Refused|IsBound|Nothing|NotValid|Proof|Hears|Threads|Safe).*");

    private static Map<String, RuleResult> run(Brick brick, Duration deadline) {
        return Trial.all(Trial.settings(deadline), env -> new BrickFixture(env, brick));
    }

    private static Set<String> passed(Map<String, RuleResult> results) {
        Set<String> passed = new TreeSet<>();
        results.values().stream()
                .filter(result -> result.outcome() == RuleOutcome.PASS)
                .filter(result ->
                        NEGATIVE.matcher(result.rule().method().getName()).matches())
                .forEach(result -> passed.add(result.rule().id()));
        return passed;
    }

    @Test
    void rejecting_everything_holds_no_negative_rule() {
        assertEquals(Set.of(), passed(run(Brick.REJECTS_ALL, Duration.ofSeconds(20))));
    }

    @Test
    void throwing_at_everything_holds_no_negative_rule() {
        assertEquals(Set.of(), passed(run(Brick.THROWS_ALL, Duration.ofSeconds(20))));
    }

    @Test
    void hanging_at_everything_holds_no_negative_rule() {
        Map<String, RuleResult> results = run(Brick.HANGS_ALL, Duration.ofMillis(150));
        assertEquals(Set.of(), passed(results));
        assertTrue(
                results.get("X402-VERIFY-01").observed().startsWith("it hung"),
                results.get("X402-VERIFY-01")::observed);
    }

    @Test
    void accepting_everything_fails_every_rule_that_expects_a_refusal_in_verifying() {
        Map<String, RuleResult> results = run(Brick.ACCEPTS_ALL, Duration.ofSeconds(20));
        Set<String> held = new TreeSet<>();
        results.values().stream()
                .filter(result -> result.rule().method().getName().matches("verify_.*(Rejected|Refused|IsBound).*"))
                .filter(result -> result.outcome() != RuleOutcome.FAIL)
                .forEach(result -> held.add(result.rule().id()));
        assertEquals(Set.of(), held);
    }
}
