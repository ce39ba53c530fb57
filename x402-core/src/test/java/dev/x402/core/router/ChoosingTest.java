package dev.x402.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.spi.Facilitator;
import dev.x402.spi.RouteStore;
import dev.x402.spi.plugins.Plugins;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The code of docs/choosing.md about several facilitators. */
class ChoosingTest {
    private final Clock clock = new Time();
    private final RouteStore routes = InMemoryRouteStore.of(clock);
    private final Executor threads = Runnable::run;
    private final Facilitator engine = new Bank();
    private final Facilitator hosted = new Bank();
    private final Facilitator stranger = new Bank();

    @Test
    void several_facilitators_stand_behind_one() {
        try (Plugins plugins = Plugins.builder()
                .clock(clock)
                .add(new Coin())
                .add(new Coin.Ground())
                .add(new Coin.Mint())
                .build()) {
            // snippet: router
            FacilitatorRouter router = FacilitatorRouter.builder(plugins)
                    .add(RoutedFacilitator.of("own", engine).fee(Fee.parse("0.002 USD")))
                    .add(RoutedFacilitator.of("hosted", hosted).fee(Fee.parse("0.0005 USD + 0.5 %")))
                    .add(RoutedFacilitator.of("stranger", stranger).doubted())
                    .policy(RoutingPolicy.parse(List.of("on coin:test: order own", "cheapest", "fastest")))
                    .routes(routes) // durable, shared by all replicas
                    .clock(clock)
                    .random(new SecureRandom())
                    .executor(threads) // on JDK 21 and later: a virtual thread for each task
                    .build();
            PaymentGate gate = PaymentGate.builder(plugins)
                    .facilitator(router)
                    .claims(InMemoryClaimStore.builder(clock).build())
                    .clock(clock)
                    .pause(length -> {})
                    .route(PricedRoute.of(
                            "report",
                            WayToPay.by(Coin.ON_MAIN)
                                    .price(Price.money("0.01", "USD"))
                                    .payTo("bob")
                                    .build()))
                    .build();
            // end: router
            assertEquals(List.of(), gate.problems());
            // snippet: explained
            assertEquals("""
                    coin on coin:main in gold by on coin:test: order own; cheapest; fastest
                    - hosted is chosen: fee 0.00055, answers in 0 ms, 100 % of its calls went well
                    - own is next: fee 0.002, answers in 0 ms, 100 % of its calls went well
                    - stranger is next: no fee known, answers in 0 ms, 100 % of its calls went well""", router.explain(Banks.DRAFT).toString());
            // end: explained
            assertFalse(gate.routes().isEmpty());
        }
    }
}
