package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.Pause;
import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.Purchase;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequired;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.Facilitator;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The code that the README shows. */
final class ReadmeTest {
    private final Clock clock = new Time();
    private final Kind kind = Coin.ON_MAIN;

    @Test
    void a_gate_asks_and_a_payer_pays() {
        Facilitator facilitator = new Bank();
        ClaimStore claims = InMemoryClaimStore.builder(clock).build();
        Pause pause = length -> {};
        String account = "bob";
        ResourceRequest request = Shop.request();
        Instant deadline = clock.instant().plusSeconds(10);
        try (Plugins plugins = Plugins.builder()
                .clock(clock)
                .add(new Coin())
                .add(new Coin.Ground())
                .add(new Coin.Mint())
                .build()) {
            // snippet: gate
            PaymentGate gate = PaymentGate.builder(plugins)
                    .facilitator(facilitator)
                    .claims(claims)
                    .clock(clock)
                    .pause(pause)
                    .route(PricedRoute.of(
                            "report",
                            WayToPay.by(kind)
                                    .price(Price.money("0.01", "USD"))
                                    .payTo(account)
                                    .build()))
                    .build();
            Decision decision = gate.decide(request); // Admit, Replay, Challenge, RetryLater or Reject
            // end: gate
            PaymentRequired paymentRequired =
                    assertInstanceOf(Decision.Challenge.class, decision).required();
            // snippet: payer
            Payer payer = Payer.builder(plugins)
                    .offers(BuyerPolicy.parse("prefer testnet", "only GOLD", "at most 0.01 USD per payment"))
                    .spend(SpendPolicies.perPayment())
                    .clock(clock)
                    .build();
            Purchase purchase = payer.intent("https://shop.example/report").pay(paymentRequired, deadline);
            // end: payer
            assertEquals(
                    AtomicAmount.of(10_000),
                    assertInstanceOf(Purchase.Paid.class, purchase).chosen().amount());
        }
    }
}
