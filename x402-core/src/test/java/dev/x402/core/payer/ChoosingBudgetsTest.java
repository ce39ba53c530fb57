package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.core.payer.Budget.Scope;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of docs/choosing.md about budgets. */
final class ChoosingBudgetsTest {
    private final Time clock = new Time();
    private final Plugins plugins = Plugins.builder()
            .clock(clock)
            .add(new Coin())
            .add(new Coin.Ground())
            .add(new Coin.Mint())
            .build();

    private static Payer payer(Plugins plugins, Clock clock) {
        // snippet: budgets
        Budgets budgets = Budgets.of(
                plugins,
                InMemoryBudgetLedger.builder(clock).build(),
                "2 USD per day",
                "0.20 USD per host per hour",
                "5 USD per task");
        Payer payer = Payer.builder(plugins)
                .offers(BuyerPolicy.parse("at most 0.05 USD per payment"))
                .spend(budgets)
                .clock(clock)
                .build();
        Payer working = payer.forTask("invoice 4711"); // what it buys counts for the task
        // end: budgets
        return working;
    }

    @Test
    void a_payment_in_a_task_is_paid() {
        PaymentRequirements offer =
                PaymentRequirements.of(Coin.ON_MAIN, AtomicAmount.of(10_000), "gold", "bob", 60, Json.Obj.EMPTY);
        String url = "https://shop.example/report";
        assertInstanceOf(
                Purchase.Paid.class,
                payer(plugins, clock)
                        .intent(url)
                        .pay(
                                PaymentRequired.of(null, ResourceInfo.of(url), List.of(offer)),
                                clock.instant().plusSeconds(10)));
    }

    @Test
    void code_and_text_say_the_same() {
        // snippet: budget-in-code
        Budget budget = Budget.of("0.20 USD").per(Scope.HOST).within(Duration.ofHours(1));
        assertEquals(Budget.parse("0.20 USD per host per hour"), budget);
        // end: budget-in-code
    }
}
