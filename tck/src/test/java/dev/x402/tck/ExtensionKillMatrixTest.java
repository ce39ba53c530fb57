package dev.x402.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.tck.stamp.StampFixture;
import dev.x402.tck.stamp.StampFlaw;
import dev.x402.tck.stamp.StoreFixture;
import dev.x402.tck.stamp.StoreFlaw;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every flaw of an extension or of its store is found by just the rules that are declared for it. */
final class ExtensionKillMatrixTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<Rule> OF_EXTENSIONS = Rule.all(ExtensionRules.class);
    private static final List<Rule> OF_STORES = Rule.all(ExtensionStoreRules.class);

    private static Set<String> failing(List<Rule> rules, RuleKit kit) {
        Set<String> failing = new TreeSet<>();
        for (Rule rule : rules) {
            if (Trial.runOn(rule, Trial.settings(DEADLINE), kit).outcome() == RuleOutcome.FAIL) {
                failing.add(rule.id());
            }
        }
        return failing;
    }

    @ParameterizedTest
    @EnumSource(StampFlaw.class)
    void a_flaw_of_the_extension_fails_just_the_rules_declared_for_it(StampFlaw flaw) {
        ExtensionRules kit = env -> new StampFixture(flaw);
        assertEquals(new TreeSet<>(flaw.killedBy()), failing(OF_EXTENSIONS, kit));
    }

    @ParameterizedTest
    @EnumSource(StoreFlaw.class)
    void a_flaw_of_the_store_fails_just_the_rules_declared_for_it(StoreFlaw flaw) {
        ExtensionStoreRules kit = env -> new StoreFixture(env, flaw);
        assertEquals(new TreeSet<>(flaw.killedBy()), failing(OF_STORES, kit));
    }

    @Test
    void every_rule_finds_a_flaw_that_no_other_finds() {
        Set<String> alone = new TreeSet<>();
        Stream.concat(
                        Arrays.stream(StampFlaw.values()).map(StampFlaw::killedBy),
                        Arrays.stream(StoreFlaw.values()).map(StoreFlaw::killedBy))
                .filter(killers -> killers.size() == 1)
                .forEach(alone::addAll);
        Set<String> without = new TreeSet<>();
        Stream.concat(OF_EXTENSIONS.stream(), OF_STORES.stream()).forEach(rule -> without.add(rule.id()));
        without.removeAll(alone);
        assertEquals(Set.of(), without);
    }
}
