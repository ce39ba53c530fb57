package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The seller's offers as the page about choosing shows them. */
class TariffTest {
    private static final Map<String, String> ARTISTS = Map.of("sunset", "carol");
    private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

    private enum Model {
        SMALL,
        LARGE
    }

    private final Time time = new Time();
    private final Plugins plugins = Plugins.builder()
            .clock(time)
            .add(new Coin())
            .add(new Coin.Ground())
            .add(new Coin.Mint())
            .build();

    private static PricedRoute reports() {
        // snippet: ways
        PricedRoute reports = PricedRoute.builder("GET /reports/{day}")
                .way(WayToPay.by(Coin.ON_MAIN).price("$0.01").payTo("bob").build())
                .way(WayToPay.by(Coin.ON_MAIN)
                        .price("0.01 EUR")
                        .asset("SILVER")
                        .payTo("bob")
                        .build())
                .way(WayToPay.by(Coin.ON_TEST)
                        .price("10000 atomic")
                        .asset("pearl")
                        .payTo("bob")
                        .build())
                .build();
        // end: ways
        return reports;
    }

    private static PricedRoute answers() {
        // snippet: computed
        PricedRoute answers = PricedRoute.builder("POST /answers")
                .way(WayToPay.by(Coin.ON_MAIN)
                        .price(request -> request.attribute(Model.class).orElseThrow() == Model.LARGE
                                ? Price.parse("$0.05")
                                : Price.parse("$0.01"))
                        .payTo(request -> ARTISTS.get(request.tenant()))
                        .build())
                .quoteFor(Duration.ofMinutes(2))
                .build();
        // end: computed
        return answers;
    }

    private PaymentGate gate() {
        // snippet: gate
        PaymentGate gate = PaymentGate.builder(plugins)
                .facilitator(new Bank())
                .claims(InMemoryClaimStore.builder(time).build())
                .clock(time)
                .pause(time::pass)
                .quotes(QuoteKeys.parse(SECRET))
                .route(reports())
                .route(answers())
                .build();
        // end: gate
        return gate;
    }

    private List<PaymentRequirements> asked(ResourceRequest request) {
        return ((Decision.Challenge) gate().decide(request)).required().accepts();
    }

    @Test
    void every_way_asks_its_own_price() {
        assertEquals(
                List.of(AtomicAmount.of(10_000), AtomicAmount.of(1), AtomicAmount.of(10_000)),
                asked(ResourceRequest.of("GET", "GET /reports/{day}", "/reports/1", Shop.URL)).stream()
                        .map(PaymentRequirements::amount)
                        .toList());
    }

    @Test
    void price_and_payee_are_those_of_the_request() {
        ResourceRequest request = ResourceRequest.of("POST", "POST /answers", "/answers", Shop.URL)
                .withTenant("sunset")
                .withAttribute(Model.class, Model.LARGE);
        PaymentRequirements offer = asked(request).get(0);
        assertEquals(AtomicAmount.of(50_000), offer.amount());
        assertEquals("carol", offer.payTo());
    }
}
