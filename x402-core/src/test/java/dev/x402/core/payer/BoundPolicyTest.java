package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundPolicyTest {
    private static final PaymentRequirements HILL_CENT = Rails.offer(Rails.HILL, "10000", "usdc");
    private static final PaymentRequirements DALE_CENT = Rails.offer(Rails.DALE, "10000000000000000", "usdc");
    private static final PaymentRequirements BANK_CENT = Rails.offer(Rails.BANK, "1", "usd");
    private static final PaymentRequirements EURO_CENT = Rails.offer(Rails.HILL, "1", "eurc");
    private static final PaymentRequirements PEARL = Rails.offer(Rails.HILL, "1", "pearl");

    private final Plugins plugins = Rails.plugins();

    @AfterEach
    void close() {
        plugins.close();
    }

    private List<String> explained(List<String> lines, PaymentRequirements... offers) {
        return BuyerPolicy.parse(lines).with(plugins).explain(Rails.URL, Rails.challenge(offers)).verdicts().stream()
                .map(Verdict::toString)
                .toList();
    }

    @Test
    void a_word_may_be_a_namespace_a_name_a_symbol_or_a_currency() {
        for (String word : List.of("hills", "Hill Town", "hill-town", "HILL_TOWN", "hills:1", "EURC", "eurc", "EUR")) {
            assertEquals(
                    Standing.CHOSEN,
                    BuyerPolicy.parse("only " + word)
                            .with(plugins)
                            .explain(Rails.URL, Rails.challenge(EURO_CENT))
                            .verdicts()
                            .get(0)
                            .standing(),
                    word);
        }
    }

    @Test
    void the_order_of_words_is_the_order_of_preference() {
        assertEquals(
                List.of(
                        "allowed: 0.01 USDC by coin on hills:1: place 3 of 3, after one that is better by"
                                + " \"prefer Dale, bank\"",
                        "allowed: 0.01 USD by coin on bank:us: place 2 of 3, after one that is better by"
                                + " \"prefer Dale, bank\"",
                        "chosen: 0.01 USDC by coin on hills:2: first of 3 by \"prefer Dale, bank\""),
                explained(List.of("prefer Dale, bank"), HILL_CENT, BANK_CENT, DALE_CENT));
    }

    @Test
    void every_line_that_an_offer_breaks_is_named() {
        assertEquals(
                List.of("refused: 2 USDC by coin on hills:1: \"avoid mainnet\": its network is Hill Town (hills:1), a"
                        + " mainnet; \"at most 0.05 USD per payment\": it asks 2 USD"),
                explained(
                        List.of("avoid mainnet", "at most 0.05 USD per payment"),
                        Rails.offer(Rails.HILL, "2000000", "USDC")));
    }

    @Test
    void an_unknown_asset_is_refused_unless_a_line_names_it() {
        assertEquals(
                List.of("refused: 1 of pearl by coin on hills:1: no asset source knows its asset hills:1/pearl and no"
                        + " line names it"),
                explained(List.of("cheapest"), PEARL));
        assertEquals(
                List.of("chosen: 1 of pearl by coin on hills:1: the only offer that the policy allows"),
                explained(List.of("only hills:1/PEARL"), PEARL));
    }

    @Test
    void an_unknown_asset_is_never_converted_into_money() {
        assertEquals(
                List.of("refused: 1 of pearl by coin on hills:1: \"at most 1000 USD per payment\" does not limit it: no"
                        + " asset source knows its asset hills:1/pearl"),
                explained(List.of("only USDC, hills:1/pearl", "at most 1000 USD per payment"), PEARL));
        assertEquals(
                List.of(
                        "refused: 8 of pearl by coin on hills:1: \"at most 7 atomic hills:1/pearl per payment\": it asks"
                                + " 8 atomic hills:1/pearl"),
                explained(
                        List.of("at most 7 atomic hills:1/pearl per payment"), Rails.offer(Rails.HILL, "8", "pearl")));
    }

    @Test
    void a_limit_is_compared_in_money_whatever_the_decimals() {
        List<String> lines = List.of("at most 0.0100000001 USD per payment");
        assertTrue(explained(lines, Rails.offer(Rails.DALE, "10000000100000000", "usdc"))
                .get(0)
                .startsWith("chosen"));
        assertTrue(explained(lines, Rails.offer(Rails.DALE, "10000000100000001", "usdc"))
                .get(0)
                .startsWith("refused"));
        assertTrue(explained(lines, HILL_CENT).get(0).startsWith("chosen"));
        assertTrue(explained(lines, Rails.offer(Rails.HILL, "10001", "usdc"))
                .get(0)
                .startsWith("refused"));
    }

    @Test
    void the_cheapest_is_found_within_a_currency_and_the_rest_is_explained() {
        assertEquals(
                List.of(
                        "allowed: 0.01 EURC by coin on hills:1: place 2 of 3, after one that is better by the order of"
                                + " network, scheme, asset, payee and amount, as nothing else tells them apart; its"
                                + " price in EUR was not compared with prices in USD",
                        "allowed: 0.01 USDC by coin on hills:1: place 3 of 3, after one that is better by \"cheapest\":"
                                + " fewer offers in EUR are cheaper than it; its price in USD was not compared with"
                                + " prices in EUR",
                        "chosen: 0.009 USDC by coin on hills:1: first of 3 by the order of network, scheme, asset, payee"
                                + " and amount, as nothing else tells them apart; its price in USD was not compared with"
                                + " prices in EUR"),
                explained(
                        List.of("prefer mainnet", "cheapest"),
                        EURO_CENT,
                        HILL_CENT,
                        Rails.offer(Rails.HILL, "9000", "USDC")));
    }

    @Test
    void a_lower_price_counts_within_what_stands_before_it() {
        assertEquals(
                List.of(
                        "chosen: 0.02 USDC by coin on hills:2: first of 3 by \"prefer testnet\"",
                        "allowed: 0.01 USD by coin on bank:us: place 2 of 3, after one that is better by \"prefer"
                                + " testnet\"",
                        "allowed: 0.03 USDC by coin on hills:1: place 3 of 3, after one that is better by \"cheapest\":"
                                + " 0.01 USD before 0.03 USD"),
                explained(
                        List.of("prefer testnet", "cheapest"),
                        Rails.offer(Rails.DALE, "20000000000000000", "usdc"),
                        BANK_CENT,
                        Rails.offer(Rails.HILL, "30000", "usdc")));
    }

    @Test
    void money_that_may_be_returned_is_not_soon_final() {
        assertEquals(
                List.of(
                        "allowed: 0.01 USD by coin on bank:us: place 3 of 3, after one that is better by \"fastest"
                                + " final\": Hill Town (12000 ms, answers when seen) before Bank (62 days, answers when"
                                + " settled)",
                        "allowed: 0.01 USDC by coin on hills:1: place 2 of 3, after one that is better by \"fastest"
                                + " final\": Dale (2000 ms, answers when seen) before Hill Town (12000 ms, answers when"
                                + " seen)",
                        "chosen: 0.01 USDC by coin on hills:2: first of 3 by \"fastest final\": Dale (2000 ms, answers"
                                + " when seen) before Hill Town (12000 ms, answers when seen)"),
                explained(List.of("fastest final"), BANK_CENT, HILL_CENT, DALE_CENT));
    }

    @Test
    void the_flow_with_the_least_risk_comes_first_where_no_line_says_otherwise() {
        PaymentRequirements upfront =
                Rails.offer(Rails.HILL, "1", "usdc", "bob", Json.Obj.EMPTY.with("paymentFlow", "upfront"));
        assertEquals(
                List.of(
                        "allowed: 0.000001 USDC by coin on hills:1: place 2 of 2, after one that is better by the flow:"
                                + " authorization risks less than upfront",
                        "chosen: 0.01 USDC by coin on hills:1: first of 2 by the flow: authorization risks less than"
                                + " upfront"),
                explained(List.of(), upfront, HILL_CENT));
        assertEquals(
                List.of(
                        "chosen: 0.000001 USDC by coin on hills:1: first of 2 by \"cheapest\": 0.000001 USD before 0.01"
                                + " USD",
                        "allowed: 0.01 USDC by coin on hills:1: place 2 of 2, after one that is better by \"cheapest\":"
                                + " 0.000001 USD before 0.01 USD"),
                explained(List.of("cheapest"), upfront, HILL_CENT));
        assertEquals(
                List.of("refused: 0.000001 USDC by coin on hills:1: \"only flow authorization\": its flow is upfront"),
                explained(List.of("flows authorization"), upfront));
    }

    @Test
    void a_payee_is_the_same_in_every_spelling_of_its_network() {
        PaymentRequirements toBob = Rails.offer(Rails.HILL, "1", "usdc", "BoB", Json.Obj.EMPTY);
        assertTrue(explained(List.of("only payee bOB"), toBob).get(0).startsWith("chosen"));
        assertTrue(explained(List.of("only payee hills:1:bob"), toBob).get(0).startsWith("chosen"));
        assertEquals(
                List.of(
                        "refused: 0.000001 USDC by coin on hills:1: \"only payee hills:2:bob, alice\": its payee is BoB"),
                explained(List.of("only payee hills:2:bob, alice"), toBob));
    }

    @Test
    void a_host_is_judged_by_its_ascii_name() {
        record Case(String line, String url, boolean allowed) {}
        for (Case one : List.of(
                new Case("only host shop.example", "https://SHOP.example./x", true),
                new Case("only host shop.example", "https://shop.example:8443/", true),
                new Case("only host shop.example:443", "https://shop.example/", true),
                new Case("only host shop.example:443", "https://shop.example:8443/", false),
                new Case("only host shop.example", "https://evil.example/shop.example", false),
                new Case("only host shop.example", "https://shop.example@evil.example/", false),
                new Case("only host shop.example", "https://shop.example.evil.example/", false),
                new Case("only host *.shop.example", "https://a.b.shop.example/", true),
                new Case("only host *.shop.example", "https://shop.example/", false),
                new Case("only host *.shop.example", "https://evilshop.example/", false),
                new Case("only host bücher.example", "https://xn--bcher-kva.example/", true),
                new Case("only host bucher.example", "https://xn--bcher-kva.example/", false),
                new Case("only host [::1]", "http://[::1]:8080/", true),
                new Case("avoid host evil.example", "https://shop.example/", true),
                new Case("avoid host evil.example", "https://evil.example/", false),
                new Case("avoid host evil.example", "not an address", false),
                new Case("only host shop.example", "mailto:shop.example", false))) {
            assertEquals(
                    one.allowed(),
                    BuyerPolicy.parse(one.line())
                            .with(plugins)
                            .explain(one.url(), Rails.challenge(HILL_CENT))
                            .chosen()
                            .isPresent(),
                    one.toString());
        }
        assertEquals(
                "refused: 0.01 USDC by coin on hills:1: \"only host a.example\": the host is shop.example:443",
                BuyerPolicy.parse("only host a.example")
                        .with(plugins)
                        .explain(Rails.URL, Rails.challenge(HILL_CENT))
                        .toString());
    }

    @Test
    void a_network_that_no_rail_knows_is_neither_mainnet_nor_testnet() {
        PaymentRequirements strange = Rails.offer(Network.parse("moon:1"), "1", "rock");
        assertEquals(
                List.of("refused: 1 of rock by coin on moon:1: \"avoid mainnet\": no rail knows its network moon:1"),
                explained(List.of("only USDC, moon:1/rock", "avoid mainnet"), strange));
        assertEquals(
                List.of("refused: 1 of rock by coin on moon:1: \"only testnet\": no rail knows its network moon:1"),
                explained(List.of("only USDC, moon:1/rock", "only testnet"), strange));
    }

    @Test
    void what_came_from_outside_is_shown_in_plain_characters() {
        assertEquals(
                List.of(
                        "refused: 1 of a??b by coin on hills:1: no asset source knows its asset hills:1/a??b and no line"
                                + " names it"),
                explained(List.of(), Rails.offer(Rails.HILL, "1", "a\n\u202eb")));
    }

    @Test
    void nothing_offered_is_said() {
        assertEquals(
                "nothing was offered",
                BuyerPolicy.parse()
                        .with(plugins)
                        .explain(Rails.URL, Rails.challenge())
                        .toString());
    }

    @Test
    void a_payer_explains_with_what_its_plugins_can_pay() {
        Payer payer = Payer.builder(plugins)
                .offers(BuyerPolicy.parse("prefer testnet", "at most 1 USD per payment"))
                .spend(SpendPolicies.perPayment())
                .clock(new Time())
                .build();
        assertEquals(
                """
                refused: 10000 of usdc by coin on hills:1: no plugin pays by coin on hills:1
                allowed: 0.01 GOLD by coin on coin:main: place 2 of 2, after one that is better by "prefer testnet"
                chosen: 0.02 GOLD by coin on coin:test: first of 2 by "prefer testnet\"""",
                payer.explain(
                                Rails.URL,
                                Rails.challenge(
                                        HILL_CENT,
                                        Rails.offer(Coin.MAIN, "10000", "gold"),
                                        Rails.offer(Coin.TEST, "20000", "gold")))
                        .toString());
    }

    @Test
    void a_payer_without_any_limit_is_not_built() {
        Payer.Builder builder = Payer.builder(plugins)
                .offers(BuyerPolicy.parse("prefer testnet"))
                .spend(SpendPolicies.perPayment())
                .clock(new Time());
        assertEquals(
                "payer: nothing limits what is paid; say \"at most 0.05 USD per payment\" in the policy, or give a"
                        + " budget",
                assertThrows(IllegalStateException.class, builder::build).getMessage());
    }

    /** A line, and what it demands of an offer, written a second time and in the plainest way. */
    private record Told(String line, Predicate<PaymentRequirements> demand) {}

    private static final List<Told> DEMANDS = List.of(
            new Told("avoid mainnet", offer -> isTest(offer.network())),
            new Told("only hills, coin", offer -> !offer.network().equals(Rails.BANK)),
            new Told("avoid Dale", offer -> !offer.network().equals(Rails.DALE)),
            new Told("only USDC, GOLD", offer -> List.of("usdc", "gold").contains(offer.asset())),
            new Told("avoid EUR", offer -> !List.of("eurc", "silver").contains(offer.asset())),
            new Told("only payee bob, carol", offer -> !offer.payTo().equals("alice")),
            new Told("avoid payee carol", offer -> !offer.payTo().equals("carol")),
            new Told("flows authorization, escrow", offer -> !flow(offer).equals("upfront")),
            new Told("at most 0.03 USD per payment", offer -> dollars(offer) >= 0 && dollars(offer) <= 30_000));

    private static final List<String> WISHES = List.of(
            "prefer testnet", "prefer GOLD", "cheapest", "fastest final", "prefer payee bob", "prefer flow escrow");

    private static boolean isTest(Network network) {
        return network.equals(Rails.DALE) || network.equals(Coin.TEST);
    }

    private static String flow(PaymentRequirements offer) {
        return offer.extraOrEmpty().text("paymentFlow").orElse("authorization");
    }

    /** In millionths; below 0 where the asset does not stand for dollars. */
    private static long dollars(PaymentRequirements offer) {
        long amount = offer.amount().value().longValueExact();
        return switch (offer.asset()) {
            case "usdc" -> offer.network().equals(Rails.DALE) ? amount / 1_000_000_000_000L : amount;
            case "gold" -> amount;
            case "usd" -> amount * 10_000;
            default -> -1;
        };
    }

    private static PaymentRequirements random(Random random) {
        long cents = 1 + random.nextInt(5);
        String payTo = List.of("alice", "bob", "carol").get(random.nextInt(3));
        String flow = List.of("authorization", "upfront", "escrow").get(random.nextInt(3));
        Json.Obj extra = random.nextBoolean() ? Json.Obj.EMPTY : Json.Obj.EMPTY.with("paymentFlow", flow);
        return switch (random.nextInt(7)) {
            case 0 -> Rails.offer(Rails.HILL, cents + "0000", "usdc", payTo, extra);
            case 1 -> Rails.offer(Rails.HILL, cents + "", "eurc", payTo, extra);
            case 2 -> Rails.offer(Rails.DALE, cents + "0000000000000000", "usdc", payTo, extra);
            case 3 -> Rails.offer(Rails.BANK, cents + "", "usd", payTo, extra);
            case 4 -> Rails.offer(Coin.MAIN, cents + "0000", "gold", payTo, extra);
            case 5 -> Rails.offer(Coin.TEST, cents + "0000", "gold", payTo, extra);
            default -> Rails.offer(Rails.HILL, cents + "", "pearl", payTo, extra);
        };
    }

    @Test
    void what_is_chosen_keeps_every_line_and_what_is_refused_breaks_the_line_that_is_named() {
        int chosen = 0;
        int refused = 0;
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            Map<String, Predicate<PaymentRequirements>> demands = new HashMap<>();
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                Told told = DEMANDS.get(random.nextInt(DEMANDS.size()));
                if (demands.put(told.line().replace("flows", "only flow"), told.demand()) == null) {
                    lines.add(told.line());
                }
            }
            List<String> wishes = new ArrayList<>(WISHES);
            Collections.shuffle(wishes, random);
            lines.addAll(wishes.subList(0, random.nextInt(4)));
            BoundPolicy policy;
            try {
                policy = BuyerPolicy.parse(lines).with(plugins);
            } catch (PolicyConfigurationException contradictory) {
                continue;
            }
            List<PaymentRequirements> offers = new ArrayList<>();
            for (int i = random.nextInt(10); i > 0; i--) {
                offers.add(random(random));
            }
            Explanation told = policy.explain(Rails.URL, Rails.challenge(offers));
            String about = "seed " + seed + ": " + lines + "\n" + told;
            for (Verdict verdict : told.verdicts()) {
                boolean isKnown = !verdict.offer().asset().equals("pearl");
                boolean keeps = isKnown && demands.values().stream().allMatch(demand -> demand.test(verdict.offer()));
                assertEquals(keeps, verdict.standing() != Standing.REFUSED, about);
                if (!keeps) {
                    refused++;
                    demands.forEach((line, demand) -> assertEquals(
                            !demand.test(verdict.offer()), verdict.why().contains('"' + line + '"'), about));
                }
            }
            chosen += told.chosen().isPresent() ? 1 : 0;
            List<PaymentRequirements> shuffled = new ArrayList<>(offers);
            Collections.shuffle(shuffled, random);
            assertEquals(
                    told.chosen().map(Verdict::offer),
                    policy.explain(Rails.URL, Rails.challenge(shuffled))
                            .chosen()
                            .map(Verdict::offer),
                    about);
        }
        assertTrue(chosen > 200 && refused > 200, chosen + " chosen and " + refused + " refused prove little");
    }

    @Test
    void offers_that_differ_in_one_member_only_do_not_trade_places() {
        List<PaymentRequirements> offers = new ArrayList<>();
        offers.add(HILL_CENT);
        offers.add(Rails.offer(Rails.HILL, "10000", "usdc", "bob", Json.Obj.EMPTY.with("a", "1")));
        offers.add(Rails.offer(
                Rails.HILL,
                "10000",
                "usdc",
                "bob",
                Json.Obj.EMPTY.with("b", Json.of(1)).with("a", Json.Null.NULL)));
        offers.add(HILL_CENT.withExtra(Json.Obj.EMPTY.with("a", new Json.Arr(List.of(Json.of(2))))));
        PaymentRequirements first = best(offers);
        for (long seed = 0; seed < 50; seed++) {
            Collections.shuffle(offers, new Random(seed));
            assertEquals(first, best(offers), "seed " + seed);
        }
    }

    private PaymentRequirements best(List<PaymentRequirements> offers) {
        return BuyerPolicy.parse("cheapest")
                .with(plugins)
                .explain(Rails.URL, Rails.challenge(offers))
                .chosen()
                .orElseThrow()
                .offer();
    }
}
