package dev.x402.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.tck.reference.Flaw;
import dev.x402.tck.reference.LedgerFixture;
import dev.x402.tck.reference.LedgerRail;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rails on which any word is a name, as on a ledger that people keep. */
final class FreeNamesTest {
    private static final Pattern WORD = Pattern.compile("[a-z0-9-]{1,64}");

    @ParameterizedTest
    @ValueSource(strings = {"X402-RAIL-05", "X402-RAIL-08"})
    void a_name_twice_is_another_name(String rule) {
        assertEquals(
                RuleOutcome.PASS,
                judged(rule, text -> WORD.matcher(text).matches()).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X402-RAIL-05", "X402-RAIL-08"})
    void a_name_somewhere_in_the_text_is_none(String rule) {
        RuleResult result = judged(
                rule, text -> text.length() <= 64 && text.lines().anyMatch(WORD.asMatchPredicate()) && !ends(text));
        assertEquals(RuleOutcome.FAIL, result.outcome());
        assertTrue(result.did().contains("the honest one on each of two lines"), result::did);
    }

    private static boolean ends(String text) {
        return text.endsWith("\n");
    }

    private static RuleResult judged(String id, Predicate<String> names) {
        Rule rule = Trial.RULES.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        return Trial.run(rule, Trial.settings(Duration.ofSeconds(20)), env -> new LedgerFixture(env, Flaw.NONE) {
            @Override
            public Collection<Rail> rails() {
                return List.of(new FreeRail(names));
            }
        });
    }

    /** Takes each text that is a name as it is. */
    private record FreeRail(Predicate<String> names) implements Rail {
        @Override
        public Collection<RailNetwork> networks() {
            return new LedgerRail().networks();
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return Optional.of(account).filter(names);
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return Optional.of(asset).filter(names);
        }
    }
}
