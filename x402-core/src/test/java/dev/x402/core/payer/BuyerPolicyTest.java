package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The language: text, code, and what is no line of it. */
class BuyerPolicyTest {
    @Test
    void text_and_code_say_the_same() {
        // snippet: text
        BuyerPolicy text = BuyerPolicy.parse("""
                prefer solana, Base Sepolia        # the first is the best; others follow
                avoid mainnet                      # refused
                only USDC
                only host api.example.com, *.example.org
                pay only payee 0xAbc
                flows authorization
                at most 0.05 USD per payment
                cheapest
                fastest final
                """);
        // end: text
        // snippet: code
        BuyerPolicy code = BuyerPolicy.builder()
                .prefer("solana", "Base Sepolia")
                .avoid("mainnet")
                .only("USDC")
                .only(Subject.HOST, "api.example.com", "*.example.org")
                .only(Subject.PAYEE, "0xAbc")
                .only(Subject.FLOW, "authorization")
                .atMost("0.05 USD")
                .cheapest()
                .fastestFinal()
                .build();
        // end: code
        assertEquals(code, text);
    }

    @Test
    void blanks_commas_and_comments_say_nothing() {
        assertEquals(
                BuyerPolicy.parse("prefer a, b c", "cheapest"),
                BuyerPolicy.parse(
                        "\n# a policy\n  prefer   a ,b\tc   # as ever\r\n\ncheapest#no\n".replace("#no", " # no")));
    }

    @Test
    void the_lines_are_canonical() {
        assertEquals(
                List.of(
                        "prefer network a, b c",
                        "only flow upfront",
                        "only currency EUR",
                        "at most 0.05 USD per payment",
                        "at most 7 atomic eip155:1/0xab per payment",
                        "fastest final"),
                BuyerPolicy.parse(
                                "PREFER Networks a,b  c",
                                "flows upfront",
                                "only currencies EUR",
                                "pay at most $0.050 per payment",
                                "At Most 7 atomic eip155:1/0xab Per Payment",
                                "\tfastest\tfinal ")
                        .lines());
    }

    @Test
    void two_policies_are_all_lines_of_both() {
        assertEquals(
                BuyerPolicy.parse("prefer a", "cheapest", "avoid b"),
                BuyerPolicy.parse("prefer a", "cheapest").and(BuyerPolicy.parse("cheapest", "avoid b")));
    }

    @Test
    void every_line_that_cannot_be_read_is_named_with_its_place() {
        PolicyConfigurationException all = assertThrows(
                PolicyConfigurationException.class,
                () -> BuyerPolicy.parse(
                        "prefer a",
                        "avod mainnet",
                        "only",
                        "at most 0.05 USD",
                        "at least 1 USD per payment",
                        "at most five USD per payment",
                        "cheapest first",
                        "fastest",
                        "only USDC,, EURC",
                        "only payee a, host b",
                        "pay cheapest",
                        "at most 2 USD per day"));
        assertEquals(
                List.of(
                        "line 2, column 1: expected prefer, avoid, only, at most, cheapest, fastest final, flows or pay,"
                                + " saw \"avod\"; did you mean avoid?",
                        "line 3, column 5: expected 1 to 1024 words, saw 0",
                        "line 4, column 17: expected per payment at the end, saw the end of the line; what may be spent"
                                + " in a day or by a host is said in a budget",
                        "line 5, column 4: expected most after at, saw \"least\"",
                        "line 6, column 9: money: expected an amount and a unit such as 0.05 USD, saw \"five USD\"",
                        "line 7, column 10: expected nothing after cheapest, saw \"first\"",
                        "line 8, column 8: expected final after fastest, saw the end of the line",
                        "line 9, column 6: expected a word of 1 to 256 visible characters without commas and #, saw"
                                + " \"\"",
                        "line 10, column 12: expected the subject once, before the first word, saw \"host b\"; write"
                                + " another line for another subject",
                        "line 11, column 5: expected only or at most, saw \"cheapest\"",
                        "line 12, column 19: expected per payment at the end, saw \"day\"; what may be spent in a day or"
                                + " by a host is said in a budget"),
                all.problems().stream()
                        .map(PolicyConfigurationException.Problem::toString)
                        .toList());
        assertTrue(all.getMessage().startsWith("11 problems of the buyer's policy:\n- line 2, column 1: "));
    }

    @Test
    void the_builder_refuses_what_is_no_line_and_says_all_of_it() {
        BuyerPolicy.Builder builder =
                BuyerPolicy.builder().only("payee bob").prefer().avoid("a,b").atMost("1e3 USD");
        assertEquals(
                """
                4 problems of the buyer's policy:
                - line 1: only: expected the subject once, before the first word, saw "payee bob"; write another line \
                for another subject
                - line 2: prefer: expected 1 to 1024 words, saw 0
                - line 3: avoid: expected a word of 1 to 256 visible characters without commas and #, saw "a,b"
                - line 4: money: expected an amount and a unit such as 0.05 USD, saw "1e3 USD\"""",
                assertThrows(PolicyConfigurationException.class, builder::build).getMessage());
    }

    @Test
    void whatever_the_builder_takes_is_read_back_as_the_same() {
        for (long seed = 0; seed < 1_000; seed++) {
            BuyerPolicy policy = random(new Random(seed));
            String about = "seed " + seed + ": " + policy;
            assertEquals(policy, BuyerPolicy.parse(policy.lines()), about);
            assertEquals(policy, BuyerPolicy.parse(policy.toString()), about);
            assertEquals(policy.lines(), BuyerPolicy.parse(policy.lines()).lines(), about);
        }
    }

    private static final List<String> WORDS = List.of(
            "solana",
            "Base Sepolia",
            "eip155:*",
            "eip155:1/0xAB",
            "USD₮0",
            "mainnet",
            "HOST",
            "*.a.example:8443",
            "é",
            "most",
            "per payment",
            "only",
            "a\"b",
            "x#",
            "payee bob",
            "-",
            "flows",
            "$",
            "0.05");

    private static BuyerPolicy random(Random random) {
        BuyerPolicy.Builder builder = BuyerPolicy.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            List<String> words = new ArrayList<>();
            for (int w = 1 + random.nextInt(3); w > 0; w--) {
                words.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            Subject subject = Subject.values()[random.nextInt(Subject.values().length)];
            if (Rule.Listed.misfit(null, words).isEmpty()) {
                builder.prefer(words.toArray(String[]::new));
            }
            if (Rule.Listed.misfit(subject, words).isEmpty()) {
                builder.only(subject, words.toArray(String[]::new)).avoid(subject, words.toArray(String[]::new));
            }
            switch (random.nextInt(4)) {
                case 0 -> builder.cheapest();
                case 1 -> builder.fastestFinal();
                case 2 -> builder.atMost(random.nextInt(1_000) + "." + random.nextInt(1_000) + "0 USD");
                default -> builder.atMost(random.nextInt(1_000) + " atomic coin:main/Gold");
            }
        }
        return builder.build();
    }

    @Test
    void hostile_text_meets_the_typed_error_and_nothing_else() {
        String alphabet = "ponlyatmsvidcherfw ,,#:*.$/0189\t\u0000\u202e\ud83d\n\r₮é-_\"'";
        List<String> pieces = List.of(
                "only ",
                "prefer ",
                "at most ",
                " per payment",
                "0.05",
                " USD",
                "host ",
                "payee ",
                "flows ",
                "cheapest",
                "pay ",
                ",",
                "atomic ",
                "eip155:1/0xab",
                "9".repeat(200),
                "x".repeat(300),
                "fastest final");
        int read = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                if (random.nextBoolean()) {
                    text.append(pieces.get(random.nextInt(pieces.size())));
                } else {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            try {
                BuyerPolicy policy = BuyerPolicy.parse(text.toString());
                assertEquals(policy, BuyerPolicy.parse(policy.lines()), "seed " + seed);
                read += policy.lines().size();
            } catch (PolicyConfigurationException expected) {
                assertTrue(expected.problems().size() > 0, "seed " + seed);
            }
        }
        assertTrue(read > 200, "only " + read + " lines could be read: the pieces are too odd to test anything");
    }

    @Test
    void a_policy_has_an_end() {
        assertEquals(
                "1 problem of the buyer's policy:\n- line 1: expected at most 65536 characters, saw 70000",
                assertThrows(PolicyConfigurationException.class, () -> BuyerPolicy.parse("x".repeat(70_000)))
                        .getMessage());
        assertEquals(
                "1 problem of the buyer's policy:\n- expected at most 1000 lines, saw 1002",
                assertThrows(PolicyConfigurationException.class, () -> BuyerPolicy.parse("\n".repeat(1_001)))
                        .getMessage());
    }
}
