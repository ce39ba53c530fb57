package dev.x402.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.spec.AssetId;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingPolicyTest {
    @Test
    void without_a_policy_the_order_of_adding_decides() {
        assertEquals(Optional.of("north"), chosen(RoutingPolicy.inOrder()));
    }

    @Test
    void an_explicit_order_decides() {
        assertEquals(Optional.of("south"), chosen(RoutingPolicy.order("south", "north")));
    }

    @Test
    void the_lowest_declared_fee_decides() {
        assertEquals(Optional.of("third"), chosen(RoutingPolicy.cheapest()));
    }

    @Test
    void a_fee_in_another_currency_is_not_compared() {
        try (Banks banks = new Banks(
                builder -> builder.add(RoutedFacilitator.of("third", new Bank()).fee(Fee.parse("0.001 EUR")))
                        .policy(RoutingPolicy.cheapest()))) {
            banks.router.supported(banks.by());
            assertEquals(Optional.of("north"), banks.router.explain(Banks.DRAFT).chosen());
        }
    }

    @Test
    void the_shortest_time_to_answer_decides() {
        try (Banks banks = new Banks(builder -> builder.policy(RoutingPolicy.fastest()))) {
            banks.router.supported(banks.by());
            banks.north.verifications.add(p -> {
                banks.time.pass(Duration.ofSeconds(1));
                return new Verification.Valid("alice", dev.x402.spec.Json.Obj.EMPTY);
            });
            banks.verify(banks.payment("n1"));
            assertEquals(Optional.of("south"), banks.router.explain(Banks.DRAFT).chosen());
        }
    }

    @Test
    void the_one_whose_calls_went_best_decides() {
        try (Banks banks = new Banks(builder -> builder.policy(RoutingPolicy.healthiest()))) {
            banks.router.supported(banks.by());
            for (int i = 0; i < 3; i++) {
                banks.north.verifications.add(p -> Banks.unavailable());
                banks.verify(banks.payment("n" + i));
            }
            assertEquals(Optional.of("south"), banks.router.explain(Banks.DRAFT).chosen());
        }
    }

    @Test
    void a_rule_for_a_network_decides_there_alone() {
        RoutingPolicy there = RoutingPolicy.order("south").on(NetworkPattern.of(Coin.TEST));
        assertEquals(Optional.of("north"), chosen(there));
        assertEquals(Optional.of("south"), chosen(RoutingPolicy.order("south").on(NetworkPattern.parse("coin:*"))));
    }

    @Test
    void a_rule_for_an_asset_decides_there_alone() {
        assertEquals(Optional.of("north"), chosen(RoutingPolicy.order("south").on(new AssetId(Coin.MAIN, "silver"))));
        assertEquals(Optional.of("south"), chosen(RoutingPolicy.order("south").on(new AssetId(Coin.MAIN, "GOLD"))));
    }

    @Test
    void the_first_rule_that_tells_two_apart_decides() {
        RoutingPolicy policy =
                RoutingPolicy.order("south").on(NetworkPattern.of(Coin.TEST)).then(RoutingPolicy.cheapest());
        assertEquals(Optional.of("third"), chosen(policy));
        assertEquals(List.of("on coin:test: order south", "cheapest"), policy.rules());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cheapest",
                "fastest",
                "healthiest",
                "order a, b",
                "on solana:*: order a",
                "on eip155:8453/0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913: cheapest"
            })
    void a_rule_is_written_as_it_is_read(String rule) {
        RoutingPolicy policy = RoutingPolicy.parse(List.of(rule));
        assertEquals(rule, policy.toString());
        assertEquals(policy, RoutingPolicy.parse(policy.rules()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cheap",
                "order",
                "order a,,b",
                "on base: cheapest",
                "on eip155:8453",
                "on eip155:8453/: cheapest",
                "on eip155:8453: prefer a"
            })
    void a_rule_of_another_form_is_refused_and_named(String rule) {
        assertEquals(
                "rule 2: expected order a, b or cheapest or fastest or healthiest, perhaps after on <network, family:* or"
                        + " network/asset>:, saw \"" + (rule.endsWith("prefer a") ? " prefer a" : rule) + "\"",
                assertThrows(IllegalArgumentException.class, () -> RoutingPolicy.parse(List.of("cheapest", rule)))
                        .getMessage());
    }

    @Test
    void a_rule_of_several_lines_is_shown_as_one() {
        assertEquals(
                "rule 1: expected order a, b or cheapest or fastest or healthiest, perhaps after on <network, family:* or"
                        + " network/asset>:, saw \"cheap\\u000aest\"",
                assertThrows(IllegalArgumentException.class, () -> RoutingPolicy.parse(List.of("cheap\nest")))
                        .getMessage());
    }

    @Test
    void the_explanation_names_every_facilitator_and_why() {
        try (Banks banks = banks(RoutingPolicy.cheapest().then(RoutingPolicy.fastest()))) {
            banks.south.kinds = List.of(Coin.ON_TEST);
            banks.router.supported(banks.by());

            assertEquals("""
                    coin on coin:main in gold by cheapest; fastest
                    - third is chosen: fee 0.00006, answers in 0 ms, 100 % of its calls went well
                    - north is next: no fee known, answers in 0 ms, 100 % of its calls went well
                    - south is out: it does not serve coin on coin:main""", banks.router.explain(Banks.DRAFT).toString());
        }
    }

    @Test
    void the_explanation_says_who_never_answered() {
        try (Banks banks = new Banks()) {
            banks.south.down = true;
            banks.router.supported(banks.by());

            assertEquals(
                    new RoutingExplanation.Verdict(
                            "south", RoutingExplanation.Standing.OUT, "it never said what it serves"),
                    banks.router.explain(Banks.DRAFT).verdicts().get(1));
        }
    }

    private static Optional<String> chosen(RoutingPolicy policy) {
        try (Banks banks = banks(policy)) {
            banks.router.supported(banks.by());
            return banks.router.explain(Banks.DRAFT).chosen();
        }
    }

    /** The third takes 0.00001 and half a percent of 0.01. */
    private static Banks banks(RoutingPolicy policy) {
        return new Banks(
                builder -> builder.add(RoutedFacilitator.of("third", new Bank()).fee(Fee.parse("0.00001 USD + 0.5 %")))
                        .policy(policy));
    }
}
