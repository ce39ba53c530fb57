package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spec.Json;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Routes that cannot be sold are found when the gate is built, all at once. */
class RouteProblemsTest {
    private static List<String> problems(PricedRoute... routes) {
        return assertThrows(
                        GateConfigurationException.class,
                        () -> new Shop(gate -> {
                            for (PricedRoute route : routes) {
                                gate.route(route);
                            }
                            return gate;
                        }))
                .problems();
    }

    @Test
    void two_prices_for_one_route_are_named() {
        assertEquals(
                List.of(
                        "route report was added twice: give one of them another id",
                        "route report, coin on coin:main: expected one price, saw way 1 and way 3 ask for the same"
                                + " asset to the same payee; keep one"),
                problems(
                        PricedRoute.of(
                                "report",
                                Shop.way().price("$1").build(),
                                Shop.way().price("$1").payTo("carol").build(),
                                Shop.way().price("$2").asset("gold").build(),
                                Shop.way().price("1 EUR").asset("silver").build()),
                        PricedRoute.of("report", Shop.way().price("$2").build())));
    }

    @Test
    void a_route_needs_an_id() {
        assertEquals(
                List.of("route: expected an id such as GET /reports, saw \" \""),
                problems(PricedRoute.of(" ", Shop.way().build())));
    }

    @Test
    void a_quote_holds_for_a_second_to_a_day() {
        for (Duration length : List.of(
                Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(24).plusMillis(1))) {
            assertEquals(
                    List.of("route report: quoteFor: expected PT1S to PT24H, saw " + length),
                    problems(PricedRoute.builder("report")
                            .way(Shop.way().build())
                            .quoteFor(length)
                            .build()));
        }
    }

    @Test
    void the_quotes_own_member_is_not_the_sellers() {
        assertEquals(
                List.of("route report, coin on coin:main: extra/quote: expected none, saw one; the gate writes it"),
                problems(PricedRoute.of(
                        "report",
                        Shop.way().extra(Json.Obj.EMPTY.with("quote", "mine")).build())));
    }

    @Test
    void a_scheme_that_writes_the_quotes_own_member_is_no_free_handler() {
        try (Shop shop = new Shop(gate -> gate.route(
                PricedRoute.of("report", Shop.way().payTo(request -> "bob").build())))) {
            shop.coin.meddling = offer -> offer.withExtra(offer.extraOrEmpty().with("quote", "mine"));
            assertEquals(Decision.Refusal.BROKEN, ((Decision.Reject) shop.gate.decide(Shop.request())).why());
        }
    }

    @Test
    void a_term_that_is_a_function_needs_keys() {
        Time time = new Time();
        try (Plugins plugins = Plugins.builder()
                .clock(time)
                .add(new Coin())
                .add(new Coin.Ground())
                .add(new Coin.Mint())
                .build()) {
            PaymentGate.Builder gate = PaymentGate.builder(plugins)
                    .facilitator(new Bank())
                    .claims(InMemoryClaimStore.builder(time).build())
                    .clock(time)
                    .pause(length -> {})
                    .route(PricedRoute.of(
                            "report", Shop.way().payTo(request -> "bob").build()));
            assertEquals(
                    List.of(
                            "route report: quotes: expected keys, because a term is a function of the request, saw none;"
                                    + " add quotes(…)"),
                    assertThrows(GateConfigurationException.class, gate::build).problems());
        }
    }
}
