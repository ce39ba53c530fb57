package dev.x402.http.hostile;

import static dev.x402.http.hostile.Cash.TEST;
import static dev.x402.http.hostile.Cash.offer;
import static dev.x402.http.hostile.Seller.sells;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.payer.Budgets;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.InMemoryBudgetLedger;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicy;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.Outcome.Hindrance;
import dev.x402.http.client.PayingClient;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

/** A buyer with a policy and budgets among all the hosts of the world, and what is seen of him. */
abstract class Market {
    static final String URL = "http://shop.example/report";
    static final String[] POLICY = {
        "avoid mainnet",
        "only USDC, DAI",
        "only payee bob",
        "only host *.example",
        "at most 0.05 USD per payment",
        "cheapest"
    };
    static final String[] BUDGETS = {"0.20 USD per host per hour", "1 USD per day"};
    static final PaymentRequirements CENT = offer(TEST, "10000", "0xusdc", "bob");

    final Shifted clock = new Shifted();
    final Cash cash = new Cash();
    final Plugins plugins = Plugins.builder()
            .clock(clock)
            .add(cash)
            .add(new Cash.Land())
            .add(new Cash.Dollars())
            .build();
    final InMemoryBudgetLedger ledger = InMemoryBudgetLedger.builder(clock).build();
    final Seller seller = new Seller();
    final ExecutorService threads = Executors.newCachedThreadPool();
    final PayingClient buyer = buyer(Budgets.of(plugins, ledger, BUDGETS));

    @AfterEach
    void close() {
        threads.shutdownNow();
        seller.close();
        plugins.close();
    }

    static final class Shifted extends Clock {
        volatile Duration shift = Duration.ZERO;

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(shift);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    PayingClient buyer(SpendPolicy spend) {
        return PayingClient.builder(
                        Payer.builder(plugins)
                                .offers(BuyerPolicy.parse(POLICY))
                                .spend(spend)
                                .clock(clock)
                                .build(),
                        clock)
                .http(seller.http)
                .executor(threads)
                .cleartext()
                .within(Duration.ofSeconds(20))
                .build();
    }

    static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).build();
    }

    Outcome<String> get(PayingClient client, String url) throws Exception {
        return client.send(request(url), BodyHandlers.ofString());
    }

    Outcome.Refused<String> refused(String url) throws Exception {
        int before = cash.signed.size();
        Outcome.Refused<String> refused = refusal(get(buyer, url));
        assertEquals(before, cash.signed.size(), "something was signed");
        return refused;
    }

    static Outcome.Paid<String> paid(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Paid<String> expected) {
            return expected;
        }
        throw new AssertionError("expected Paid, saw " + outcome);
    }

    static Outcome.Free<String> free(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Free<String> expected) {
            return expected;
        }
        throw new AssertionError("expected Free, saw " + outcome);
    }

    static Outcome.Refused<String> refusal(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Refused<String> expected) {
            return expected;
        }
        throw new AssertionError("expected Refused, saw " + outcome);
    }

    static Outcome.Unknown<String> unknown(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Unknown<String> expected) {
            return expected;
        }
        throw new AssertionError("expected Unknown, saw " + outcome);
    }

    void nothingPayable(PaymentRequirements... offers) throws Exception {
        seller.plays(sells(offers));
        assertEquals(Hindrance.NOTHING_PAYABLE, refused(URL).why());
    }

    /** The control: whatever happened, an honest cent is paid. */
    void honestCentIsPaid() throws Exception {
        int before = cash.signed.size();
        seller.plays(sells(CENT));
        Outcome.Paid<String> paid = paid(get(buyer, "http://honest.example/report"));
        assertEquals("the report", paid.response().body());
        assertEquals(CENT, paid.offer());
        assertEquals(before + 1, cash.signed.size());
    }

    /** How many cents are left at this host. */
    int centsLeft(String url) throws Exception {
        seller.plays(sells(CENT));
        int bought = 0;
        while (bought < 100 && get(buyer, url) instanceof Outcome.Paid) {
            bought++;
        }
        return bought;
    }
}
