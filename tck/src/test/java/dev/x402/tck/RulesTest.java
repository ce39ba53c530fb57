package dev.x402.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every rule says of itself. */
final class RulesTest {
    private static final Path PAPER = Path.of("RULES.md");
    private static final List<Rule> RULES = Stream.of(
                    SchemeConformance.class, ExtensionRules.class, ExtensionStoreRules.class)
            .flatMap(kit -> Rule.all(kit).stream())
            .sorted(Comparator.comparing(Rule::id))
            .toList();

    @Test
    void the_paper_says_what_the_annotations_say() throws IOException {
        String expected = RulesPaper.of(RULES);
        if (Boolean.getBoolean("rules.write")) {
            Files.writeString(PAPER, expected);
        }
        assertEquals(expected, Files.readString(PAPER), "renew it with -Drules.write=true");
    }

    @Test
    void there_are_sixty_rules_of_which_forty_are_must() {
        List<Rule> tested = RULES.stream().filter(rule -> !rule.isUntested()).toList();
        long must = tested.stream()
                .filter(rule -> rule.spec().level() == Level.MUST)
                .count();
        assertTrue(tested.size() >= 60 && must >= 40, () -> tested.size() + " rules, " + must + " of them MUST");
    }

    @Test
    void ids_are_unique_and_stand_in_the_name_of_the_method() {
        Set<String> ids = new HashSet<>();
        Set<String> wrong = new TreeSet<>();
        for (Rule rule : RULES) {
            String[] parts = rule.id().split("-");
            String prefix = parts[1].toLowerCase(Locale.ROOT) + "_" + parts[2] + "_";
            if (!rule.id().matches("X402-[A-Z]+-\\d\\d")
                    || !ids.add(rule.id())
                    || !rule.method().getName().startsWith(prefix)) {
                wrong.add(rule.id() + " " + rule.method().getName());
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void every_rule_quotes_the_specification_or_says_why_it_follows() {
        Set<String> wrong = new TreeSet<>();
        for (Rule rule : RULES) {
            SpecRule spec = rule.spec();
            boolean one = spec.quote().isEmpty() != spec.derived().isEmpty();
            if (!one || spec.intent().isBlank() || spec.does().isBlank() || spec.causes().length == 0) {
                wrong.add(rule.id());
            }
        }
        assertEquals(Set.of(), wrong);
    }
}
