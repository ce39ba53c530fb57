package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.plugins.Plugins;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wrong with a policy is found before anything is bought. */
class BindingTest {
    private final Plugins plugins = Rails.plugins();

    @AfterEach
    void close() {
        plugins.close();
    }

    private List<String> problems(String... lines) {
        return problems(plugins, lines);
    }

    private static List<String> problems(Plugins with, String... lines) {
        return assertThrows(
                        PolicyConfigurationException.class,
                        () -> BuyerPolicy.parse(lines).with(with))
                .problems()
                .stream()
                .map(PolicyConfigurationException.Problem::toString)
                .toList();
    }

    @Test
    void an_asset_on_avoided_networks_only_is_a_contradiction() {
        assertEquals(
                List.of("line 3: \"only EURC\" (line 1) and \"avoid hills\" (line 3) leave nothing that can be paid;"
                        + " drop or change one of them"),
                problems("only EURC", "cheapest", "avoid hills"));
    }

    @Test
    void two_lines_for_alternatives_are_told_to_be_one() {
        assertEquals(
                List.of("line 2: \"only Dale\" (line 1) and \"only bank\" (line 2) leave nothing that can be paid; drop"
                        + " or change one of them, or write alternatives in one line, with commas"),
                problems("only Dale", "only bank"));
    }

    @Test
    void a_preference_for_something_avoided_is_a_contradiction() {
        assertEquals(
                List.of("line 2: \"prefer Dale\" can never be met: \"avoid testnet\" (line 1) refuses it"),
                problems("avoid testnet", "prefer Hill Town, Dale"));
    }

    @Test
    void a_preference_for_something_that_no_plugin_has_is_named() {
        assertEquals(
                List.of("line 1: \"prefer eip155:*\" can never be met: nothing that the plugins know is it"),
                problems("prefer eip155:*"));
    }

    @Test
    void a_limit_in_a_currency_that_nothing_left_stands_for_is_a_contradiction() {
        assertEquals(
                List.of("line 2: \"only EURC\" (line 1) and \"at most 1 USD per payment\" (line 2) leave nothing that"
                        + " can be paid; drop or change one of them"),
                problems("only EURC", "at most 1 USD per payment"));
    }

    @Test
    void schemes_flows_and_hosts_contradict_themselves_too() {
        assertEquals(
                List.of(
                        "line 1: \"avoid scheme coin\" (line 1) leaves nothing that can be paid; drop or change it",
                        "line 2: \"avoid flow authorization, upfront, escrow\" (line 2) leaves nothing that can be paid;"
                                + " drop or change it",
                        "line 4: \"only host *.a.example\" (line 3) and \"only host b.example\" (line 4) leave nothing"
                                + " that can be paid; drop or change one of them, or write alternatives in one line,"
                                + " with commas"),
                problems(
                        "avoid scheme coin",
                        "avoid flow authorization, upfront, escrow",
                        "only host *.a.example",
                        "only host b.example"));
    }

    @Test
    void a_payee_on_another_network_is_a_contradiction() {
        assertEquals(
                List.of("line 2: \"only payee hills:1:bob\" (line 1) and \"only Dale\" (line 2) leave nothing that can"
                        + " be paid; drop or change one of them, or write alternatives in one line, with commas"),
                problems("only payee hills:1:bob", "only Dale"));
    }

    @Test
    void every_problem_is_named_at_once() {
        assertEquals(
                List.of(
                        "line 1: \"prefer dael\": expected a network, an asset or a currency that the plugins know, saw"
                                + " \"dael\"; did you mean Dale?",
                        "line 2: \"only USDC, Dale\": speaks of networks and of assets; write a line for each",
                        "line 3: \"at most 0 USD per payment\": expected more than 0; a buyer that pays nothing needs"
                                + " no policy",
                        "line 5: \"cheapest\": is said twice; drop one",
                        "line 6: \"avoid dale, Dale\": says \"Dale\" twice",
                        "line 7: \"only flow later\": expected a flow that the plugins know, saw \"later\"; known are"
                                + " authorization, escrow, upfront",
                        "line 8: \"only host a..b\": expected a host such as api.example.com, *.example.com or either"
                                + " with a port, saw \"a..b\"",
                        "line 9: \"prefer host a.example\": every offer of a challenge comes from one host; expected"
                                + " only or avoid",
                        "line 10: \"only payee 0x-1\": expected an account of a network that the plugins know, saw"
                                + " \"0x-1\"",
                        "line 11: \"at most 1 GBP per payment\": expected a currency or an asset that the plugins know,"
                                + " saw \"GBP\"; known are EUR, EURC, GOLD, SHELL, SILVER, USD, USDC"),
                problems(
                        "prefer dael",
                        "only USDC, Dale",
                        "at most 0 USD per payment",
                        "cheapest",
                        "cheapest",
                        "avoid dale, Dale",
                        "flows later",
                        "only host a..b",
                        "prefer host a.example",
                        "only payee 0x-1",
                        "at most 1 GBP per payment"));
    }

    @Test
    void the_same_in_other_words_is_said_twice() {
        assertEquals(
                List.of("line 2: \"avoid network hills:*\": is said twice; drop one"),
                problems("avoid HILLS", "avoid network hills:*"));
    }

    @Test
    void words_without_commas_are_told_to_have_them() {
        assertEquals(
                List.of("line 1: \"only USDC or EURC\": expected a network, an asset or a currency that the plugins"
                        + " know, saw \"USDC or EURC\"; words are separated by commas"),
                problems("only USDC or EURC"));
    }

    @Test
    void a_limit_in_units_of_an_unknown_asset_is_never_guessed() {
        assertEquals(
                List.of("line 1: \"at most 1 hills:1/pearl per payment\": the decimals of hills:1/pearl are not known;"
                        + " write the amount in its smallest unit, with atomic before the identifier"),
                problems("at most 1 hills:1/pearl per payment"));
    }

    @Test
    void a_word_for_a_network_and_an_asset_must_say_which() {
        Asset dale = Rails.asset(Rails.HILL, "dale", "DALE", 2, "XDL");
        try (Plugins both = Plugins.builder()
                .clock(new Time())
                .add(new Coin.Ground())
                .add((AssetSource) () -> List.of(dale, Rails.asset(Coin.MAIN, "main", "MAIN", 2, "XXM")))
                .build()) {
            assertEquals(
                    List.of("line 1: \"only main\": \"main\" is a network and an asset; write network or asset before"
                            + " it"),
                    problems(both, "only main"));
            BuyerPolicy.parse("only network main", "only asset main").with(both);
        }
    }

    @Test
    void without_any_asset_nothing_can_be_paid() {
        try (Plugins none = Plugins.builder().build()) {
            assertEquals(
                    List.of("nothing can be paid: no asset source knows an asset, and no line names one; add the jar of"
                            + " a plugin, or name an asset by its identifier"),
                    problems(none, "cheapest"));
            BuyerPolicy.parse("only town:square/penny").with(none);
        }
    }
}
