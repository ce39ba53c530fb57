package dev.x402.agent;

import dev.x402.bazaar.client.Bought;
import dev.x402.bazaar.client.CatalogueClient;
import dev.x402.bazaar.client.Found;
import dev.x402.bazaar.client.Service;
import dev.x402.bazaar.client.Shopper;
import dev.x402.bazaar.client.Wanted;
import dev.x402.core.payer.Budgets;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.InMemoryBudgetLedger;
import dev.x402.core.payer.Verdict;
import dev.x402.http.client.Outcome;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** An agent that asks every service it found, and pays those that it may. */
public final class Agent {
    private static final String BUDGET = "0.01 USD in all";

    private final PrintStream out;
    private final Clock clock;

    Agent(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Opens a market on a local chain and sends the agent shopping. */
    public static void main(String[] args) throws Exception {
        Clock clock = Clock.systemUTC();
        try (Market market = Market.open(clock)) {
            new Agent(System.out, clock).shop(market.catalogue());
        }
    }

    /** Buys the weather from whoever keeps to what was listed. */
    void shop(URI catalogue) throws InterruptedException {
        try (Plugins wallet = Plugins.builder()
                .discover()
                .port(EvmSigner.class, LocalEvmSigner.parse(DevAccounts.payer().privateKey()))
                .clock(clock)
                .build()) {
            Found found = CatalogueClient.builder(catalogue, wallet, clock)
                    .build()
                    .find(Wanted.of("weather report", "0.05 USD").on("eip155"));
            if (!(found instanceof Found.Services services)) {
                out.println(found);
                return;
            }
            Shopper shopper = Shopper.builder(wallet, clock)
                    .policy(BuyerPolicy.parse("avoid mainnet", "at most 0.05 USD per payment"))
                    .spend(Budgets.of(
                            wallet, InMemoryBudgetLedger.builder(clock).build(), BUDGET))
                    .build();
            for (Service service : services.services()) {
                Bought<String> bought = shopper.buy(List.of(service), BodyHandlers.ofString());
                out.println(service.address().getPath() + ", listed at " + service.price() + " "
                        + service.asset().symbol() + ": " + told(bought));
            }
        }
    }

    private static String told(Bought<String> bought) {
        if (bought.paid().isPresent()) {
            return "paid, and got " + bought.paid().get().response().body();
        }
        if (bought.last().orElse(null) instanceof Outcome.Refused<String> refused) {
            return "not paid, " + refused.message() + ": "
                    + refused.verdicts().stream().map(Verdict::why).collect(Collectors.joining("; "));
        }
        return "not paid: " + bought.last().map(Object::toString).orElse("no answer");
    }
}
