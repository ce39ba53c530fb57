package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Coin;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Claim;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.plugins.Plugins;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is asked for a request. */
class OffersTest {
    private static Shop selling(WayToPay... ways) {
        return new Shop(gate -> gate.route(PricedRoute.of("report", ways)));
    }

    private static List<PaymentRequirements> asked(Shop shop, ResourceRequest request) {
        return ((Decision.Challenge) shop.gate.decide(request))
                .required().accepts().stream()
                        .map(offer -> offer.withExtra(offer.extraOrEmpty().without("quote")))
                        .toList();
    }

    private static PaymentRequirements offer(Kind kind, long amount, String asset, String payTo) {
        return PaymentRequirements.of(
                kind, AtomicAmount.of(amount), asset, payTo, 300, Json.Obj.EMPTY.with("teller", "tina"));
    }

    @Test
    void ways_to_pay_are_offered_in_their_order() {
        try (Shop shop = selling(
                WayToPay.by(Coin.ON_TEST)
                        .price(Price.units("1.5"))
                        .asset("SILVER")
                        .payTo("BOB")
                        .build(),
                WayToPay.by(Coin.ON_MAIN)
                        .price(Price.money("2", "EUR"))
                        .asset("silver")
                        .payTo("bob")
                        .build(),
                WayToPay.by(Coin.ON_MAIN)
                        .price(Price.atomic(7))
                        .asset("pearl")
                        .payTo("bob")
                        .build())) {
            assertEquals(
                    List.of(
                            offer(Coin.ON_TEST, 150, "silver", "bob"),
                            offer(Coin.ON_MAIN, 200, "silver", "bob"),
                            offer(Coin.ON_MAIN, 7, "pearl", "bob")),
                    asked(shop, Shop.request()));
        }
    }

    @Test
    void price_payee_and_asset_may_depend_on_the_request() {
        try (Shop shop = selling(WayToPay.by(Coin.ON_MAIN)
                .price(request -> Price.atomic(request.attribute(Long.class).orElse(1L)))
                .payTo(ResourceRequest::tenant)
                .asset(ResourceRequest::target)
                .build())) {
            assertEquals(
                    List.of(offer(Coin.ON_MAIN, 42, "pearl", "carol")),
                    asked(
                            shop,
                            ResourceRequest.of("GET", "report", "pearl", Shop.URL)
                                    .withTenant("carol")
                                    .withAttribute(Long.class, 42L)));
        }
    }

    @Test
    void the_challenge_describes_the_resource_under_the_address_of_the_request() {
        ResourceInfo described = ResourceInfo.of("ignored", "A report", "text/plain");
        try (Shop shop = new Shop(gate -> gate.route(PricedRoute.builder("report")
                .way(Shop.way().build())
                .resource(described)
                .build()))) {
            assertEquals(
                    new Decision.Challenge(
                            PaymentRequired.of(
                                    "payment required",
                                    ResourceInfo.of(Shop.URL, "A report", "text/plain"),
                                    List.of(Shop.OFFER)),
                            Optional.empty(),
                            "payment required",
                            Optional.empty()),
                    shop.gate.decide(Shop.request()));
        }
    }

    /** The price rises after the payment: what was paid stays paid, and comes back. */
    @Test
    void a_changed_price_does_not_lose_what_was_bought() {
        AtomicLong price = new AtomicLong(10_000);
        try (Shop shop =
                selling(Shop.way().price(request -> Price.atomic(price.get())).build())) {
            shop.bought(Shop.paid("1"), "report");
            price.set(20_000);
            assertEquals(
                    new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
            assertEquals(Shop.OFFER, shop.bank.settled.get(1).requirements());
        }
    }

    @Test
    void a_changed_price_refuses_what_was_not_paid_and_leaves_no_claim() {
        AtomicLong price = new AtomicLong(20_000);
        try (Shop shop =
                selling(Shop.way().price(request -> Price.atomic(price.get())).build())) {
            Decision.Challenge challenge = (Decision.Challenge) shop.gate.decide(Shop.paid("1"));
            assertEquals(Optional.of(ErrorCode.NO_MATCHING_REQUIREMENTS), challenge.code());
            price.set(10_000);
            shop.admitted(Shop.paid("1"));
        }
    }

    @Test
    void a_payment_of_an_earlier_price_for_another_request_conflicts() {
        AtomicLong price = new AtomicLong(10_000);
        try (Shop shop =
                selling(Shop.way().price(request -> Price.atomic(price.get())).build())) {
            shop.bought(Shop.paid("1"), "report");
            price.set(20_000);
            Decision.Reject reject =
                    (Decision.Reject) shop.gate.decide(Shop.paid("1").withBodyDigest("other"));
            assertEquals(Decision.Refusal.CONFLICT, reject.why());
        }
    }

    private static void breaks(Function<ResourceRequest, Price> price) {
        try (Shop shop = selling(Shop.way().price(price).build())) {
            assertEquals(
                    new Decision.Reject(
                            Decision.Refusal.BROKEN,
                            ErrorCode.UNEXPECTED_VERIFY_ERROR,
                            "the server failed before it looked the payment up, and charged nothing now; come again with"
                                    + " the same payment, which is not charged twice; its log names incident mjuohs00-1",
                            Optional.empty(),
                            Optional.empty()),
                    shop.gate.decide(Shop.paid("1")));
            assertEquals(List.of("supported"), shop.bank.asked);
            assertEquals(Decision.Refusal.BROKEN, ((Decision.Reject) shop.gate.decide(Shop.request())).why());
            assertEquals(
                    new Claim.Mine(new PaymentKey("coin:main/alice/1"), 1, Optional.empty()),
                    shop.claims.claim(new PaymentKey("coin:main/alice/1"), "any", Duration.ofSeconds(1)));
        }
    }

    @Test
    void a_price_function_that_throws_is_no_free_handler() {
        breaks(request -> {
            throw new IllegalStateException("no tariff");
        });
    }

    @Test
    @SuppressWarnings("NullAway")
    void a_price_function_that_returns_null_is_no_free_handler() {
        breaks(request -> null);
    }

    @Test
    void a_price_function_that_computes_a_negative_price_is_no_free_handler() {
        breaks(request -> Price.units(new BigDecimal("-1")));
    }

    @Test
    void a_price_function_whose_library_is_missing_is_no_free_handler() {
        breaks(request -> {
            throw new NoClassDefFoundError("tariff");
        });
    }

    @Test
    void a_computed_price_of_zero_is_no_free_handler() {
        breaks(request -> Price.atomic(0));
    }

    @Test
    void a_computed_price_below_the_smallest_unit_is_no_free_handler() {
        breaks(request -> Price.units("0.0000001"));
    }

    @Test
    void a_computed_price_in_another_currency_is_no_free_handler() {
        breaks(request -> Price.money("1", "EUR"));
    }

    @Test
    void without_the_facilitator_nothing_is_sold_and_nothing_is_free() {
        try (Shop shop = new Shop()) {
            shop.bank.down = true;
            assertEquals(
                    new Decision.RetryLater(
                            Decision.Wait.UNAVAILABLE,
                            ErrorCode.FACILITATOR_UNAVAILABLE,
                            "nothing can be sold now: the facilitator could not be asked",
                            Duration.ofSeconds(2),
                            Optional.empty()),
                    shop.gate.decide(Shop.request()));
        }
    }

    @Test
    void an_undecodable_payment_is_malformed_even_without_the_facilitator() {
        try (Shop shop = new Shop()) {
            shop.bank.down = true;
            assertEquals(
                    new Decision.Reject(
                            Decision.Refusal.MALFORMED,
                            ErrorCode.INVALID_PAYLOAD,
                            "no base64",
                            Optional.empty(),
                            Optional.empty()),
                    shop.gate.decide(Shop.request()
                            .withPresented(
                                    new ResourceRequest.Presented.Malformed(ErrorCode.INVALID_PAYLOAD, "no base64"))));
        }
    }

    @Test
    void a_facilitator_that_is_down_is_asked_again_after_two_seconds() {
        try (Shop shop = new Shop()) {
            shop.bank.down = true;
            shop.gate.decide(Shop.request());
            shop.bank.down = false;
            shop.gate.decide(Shop.request());
            shop.time.pass(Duration.ofSeconds(2));
            assertEquals(List.of(Shop.OFFER), asked(shop, Shop.request()));
            assertEquals(List.of("supported", "supported"), shop.bank.asked);
        }
    }

    @Test
    void a_facilitator_that_goes_down_later_leaves_its_last_answer() {
        try (Shop shop = new Shop()) {
            asked(shop, Shop.request());
            shop.bank.down = true;
            shop.time.pass(Duration.ofMinutes(5));
            assertEquals(List.of(Shop.OFFER), asked(shop, Shop.request()));
            assertEquals(List.of("supported", "supported"), shop.bank.asked);
        }
    }

    @Test
    void a_facilitators_new_signer_is_offered_after_the_refresh() {
        try (Shop shop = new Shop()) {
            asked(shop, Shop.request());
            shop.bank.teller = "tom";
            assertEquals(List.of(Shop.OFFER), asked(shop, Shop.request()));
            shop.time.pass(Duration.ofMinutes(5));
            assertEquals(
                    List.of(Shop.OFFER.withExtra(Json.Obj.EMPTY.with("teller", "tom"))), asked(shop, Shop.request()));
        }
    }

    @Test
    void a_kind_that_the_facilitator_does_not_serve_is_not_offered() {
        try (Shop shop = selling(
                WayToPay.by(Coin.ON_TEST).price(Price.atomic(5)).payTo("bob").build(),
                Shop.way().build())) {
            shop.bank.kinds = List.of(Coin.ON_MAIN);
            assertEquals(List.of(Shop.OFFER), asked(shop, Shop.request()));
            assertEquals(
                    List.of("route report, coin on coin:test: the facilitator does not serve coin on coin:test;"
                            + " it serves [coin on coin:main]"),
                    shop.gate.problems());
        }
    }

    @Test
    void a_route_of_which_no_way_is_served_is_not_ready() {
        try (Shop shop = new Shop()) {
            shop.bank.kinds = List.of(Coin.ON_TEST);
            assertEquals(
                    new Decision.RetryLater(
                            Decision.Wait.UNAVAILABLE,
                            ErrorCode.FACILITATOR_UNAVAILABLE,
                            "nothing can be sold now: the facilitator does not serve coin on coin:main;"
                                    + " it serves [coin on coin:test]",
                            Duration.ofSeconds(2),
                            Optional.empty()),
                    shop.gate.decide(Shop.paid("1")));
        }
    }

    @Test
    void a_rail_that_cannot_be_read_keeps_the_offer_back() {
        try (Shop shop = new Shop()) {
            shop.coin.railDown = true;
            assertEquals(
                    List.of("route report, coin on coin:main: coin on coin:main could not be completed:"
                            + " coin: no block"),
                    shop.gate.problems());
            shop.coin.railDown = false;
            assertEquals(List.of(), shop.gate.problems());
        }
    }

    @Test
    void a_facilitator_that_cannot_be_asked_is_a_problem_of_every_route() {
        try (Shop shop = new Shop()) {
            shop.bank.down = true;
            assertEquals(List.of("route report: the facilitator could not be asked"), shop.gate.problems());
        }
    }

    private static void meddles(UnaryOperator<PaymentRequirements> meddling) {
        try (Shop shop = new Shop()) {
            shop.coin.meddling = meddling;
            assertEquals(
                    List.of("route report, coin on coin:main: the scheme changed terms of the offer;"
                            + " it may only add to extra"),
                    shop.gate.problems());
        }
    }

    @Test
    void a_scheme_may_not_change_the_payee() {
        meddles(offer -> PaymentRequirements.of(
                offer.kind(), offer.amount(), offer.asset(), "mallory", 300, offer.extraOrEmpty()));
    }

    @Test
    void a_scheme_may_not_change_the_amount() {
        meddles(offer -> offer.withAmount(AtomicAmount.of(1)));
    }

    @Test
    void a_scheme_may_not_take_the_sellers_extra_away() {
        try (Shop shop =
                selling(Shop.way().extra(Json.Obj.EMPTY.with("ours", "kept")).build())) {
            shop.coin.meddling = offer -> offer.withExtra(offer.extraOrEmpty().without("ours"));
            assertEquals(
                    List.of("route report, coin on coin:main: the scheme changed terms of the offer;"
                            + " it may only add to extra"),
                    shop.gate.problems());
        }
    }

    @Test
    void building_names_every_problem_at_once() {
        GateConfigurationException e = assertThrows(
                GateConfigurationException.class,
                () -> new Shop(gate -> gate.route(PricedRoute.of("empty"))
                        .route(PricedRoute.of(
                                "bad",
                                Shop.way().payTo("b?b").maxTimeoutSeconds(0).build(),
                                Shop.way().price(Price.units("0.0000001")).build(),
                                Shop.way().price(Price.money("1", "EUR")).build(),
                                Shop.way().price(Price.atomic(0)).build(),
                                Shop.way().asset("no asset").build(),
                                Shop.way().asset("pearl").build()))
                        .route(PricedRoute.of("empty"))));
        assertEquals("""
                11 problems of the gate:
                - route empty was added twice: give one of them another id
                - route empty: expected a way to pay, saw none; a route without one is free and needs no gate
                - route bad, coin on coin:main: expected one price, saw way 2 and way 3 ask for the same asset to the same payee; keep one
                - route bad, coin on coin:main: expected one price, saw way 2 and way 4 ask for the same asset to the same payee; keep one
                - route bad, coin on coin:main: maxTimeoutSeconds: expected 1 or more, saw 0
                - route bad, coin on coin:main: payTo: expected an account of coin:main, saw "b?b"
                - route bad, coin on coin:main: price 0.0000001 units: amount of GOLD: expected at most 6 decimals, saw 7
                - route bad, coin on coin:main: price 1 EUR: asset coin:main/gold stands for USD; choose another asset or a price in units
                - route bad, coin on coin:main: price 0 atomic: expected more than 0
                - route bad, coin on coin:main: asset: expected an asset of coin:main, saw "no asset"
                - route bad, coin on coin:main: price 0.01 USD: the decimals of coin:main/pearl are not known; add an asset source that knows it, or price in its smallest unit""".lines().toList(), e.getMessage().lines().toList());
    }

    @Test
    void a_gate_without_its_parts_says_which() {
        try (Plugins plugins = Plugins.builder().build()) {
            assertEquals(
                    List.of(
                            "facilitator: expected one, saw none; add facilitator(…)",
                            "claims: expected a store, saw none; add claims(…)",
                            "clock: expected one, saw none; add clock(…)",
                            "pause: expected one, saw none; add pause(…)",
                            "routes: expected at least one, saw none; add route(…)"),
                    assertThrows(
                                    GateConfigurationException.class,
                                    () -> PaymentGate.builder(plugins).build())
                            .problems());
        }
    }

    @Test
    void a_kind_without_a_plugin_is_found_when_the_gate_is_built() {
        GateConfigurationException e = assertThrows(
                GateConfigurationException.class,
                () -> selling(WayToPay.by(new Kind("shell", Coin.MAIN))
                        .price(Price.atomic(1))
                        .payTo("bob")
                        .build()));
        assertEquals(1, e.problems().size());
        assertEquals(
                "route report, shell on coin:main: ",
                e.problems().get(0).substring(0, "route report, shell on coin:main: ".length()));
    }

    @Test
    void a_way_to_pay_needs_price_and_payee() {
        assertEquals(
                "way to pay by coin on coin:main: expected a price and a payTo, saw neither",
                assertThrows(
                                IllegalStateException.class,
                                () -> WayToPay.by(Coin.ON_MAIN).build())
                        .getMessage());
    }

    @Test
    void a_price_is_exact() {
        try (Shop shop = selling(Shop.way().price(Price.money("4.02", "USD")).build())) {
            assertEquals(
                    AtomicAmount.of(4_020_000),
                    asked(shop, Shop.request()).get(0).amount());
        }
    }
}
