package dev.x402.quickstart;

import com.google.auto.service.AutoService;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.siwx.PayerSessions;
import dev.x402.siwx.Plan;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The weather is paid once and read ten times more: the wallet signs in, and the chain hears nothing of it. */
@AutoService(Scene.class)
public final class PaidOnce implements Scene {
    private static final Network BASE_SEPOLIA = Network.parse("eip155:84532");
    private static final String PRICE = "0.01";
    private static final int FURTHER = 10;

    @Override
    public int order() {
        return 400;
    }

    @Override
    public String title() {
        return "a report is paid once and read ten times more, without the chain";
    }

    @Override
    public String play(Story story) throws Exception {
        Clock clock = Clock.systemUTC();
        try (EvmNode node = EvmNode.start(Long.parseLong(BASE_SEPOLIA.reference()));
                LocalFacilitator facilitator = EvmFacilitator.on(List.of(node), clock);
                Plugins wallet = Plugins.builder()
                        .discover()
                        .port(
                                EvmSigner.class,
                                LocalEvmSigner.parse(DevAccounts.payer().privateKey()))
                        .port(PayerSessions.class, PayerSessions.inMemory())
                        .clock(clock)
                        .build();
                WeatherSeller seller = WeatherSeller.withPlan(
                        List.of(way()), facilitator.uri(), clock, Plan.calls(1 + FURTHER), settings -> settings)) {
            story.tell("a payment buys %d reports, the paid one among them".formatted(1 + FURTHER));
            return buy(story, node, seller, client(wallet, clock));
        }
    }

    private static String buy(Story story, EvmNode node, WeatherSeller seller, PayingClient client)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(seller.weather()).build();
        Outcome<String> first = client.send(request, BodyHandlers.ofString());
        if (!(first instanceof Outcome.Paid<String> paid)) {
            throw unexpected("a paid report", first);
        }
        story.tell("the client signs in, is asked to pay, and pays: %d %s"
                .formatted(paid.response().statusCode(), paid.response().body()));
        Chain before = Chain.of(node);
        story.tell("the chain is at block %d, the payee has %s cents".formatted(before.block(), before.cents()));
        for (int i = 1; i <= FURTHER; i++) {
            Outcome<String> next = client.send(request, BodyHandlers.ofString());
            if (!(next instanceof Outcome.Free<String> free) || free.response().statusCode() != 200) {
                throw unexpected("report " + i + " without a payment", next);
            }
        }
        Chain after = Chain.of(node);
        story.tell("the same request %d times more, each 200 by the session".formatted(FURTHER));
        story.tell("the chain is at block %d, the payee has %s cents".formatted(after.block(), after.cents()));
        if (!after.equals(before)) {
            throw new IllegalStateException(
                    "expected nothing to happen on the chain, saw " + before + " become " + after);
        }
        if (!(client.send(request, BodyHandlers.ofString()) instanceof Outcome.Paid<String>)) {
            throw new IllegalStateException("expected report " + (FURTHER + 2) + " to be paid again");
        }
        story.tell("report %d is paid again".formatted(FURTHER + 2));
        return "verdict: 1 payment, %d reports, 0 blocks and 0 cents between the first and the last, in %d ms"
                .formatted(1 + FURTHER, story.elapsed().toMillis());
    }

    /** What the chain knows. */
    private record Chain(long block, BigInteger balance) {
        static Chain of(EvmNode node) {
            return new Chain(node.chain().blockNumber(), node.dollar().balance(DevAccounts.PAYEE.address()));
        }

        BigInteger cents() {
            return balance.divide(BigInteger.valueOf(10_000));
        }
    }

    private static WayToPay way() {
        return WayToPay.by(new Kind("exact", BASE_SEPOLIA))
                .price(Price.money(PRICE, "USD"))
                .payTo(DevAccounts.PAYEE.address())
                .maxTimeoutSeconds(60)
                .build();
    }

    private static PayingClient client(Plugins wallet, Clock clock) {
        Payer payer = Payer.builder(wallet)
                .offers(BuyerPolicy.parse("at most " + PRICE + " USD per payment"))
                .spend(SpendPolicies.perPayment())
                .clock(clock)
                .build();
        return PayingClient.builder(payer, clock).within(Duration.ofSeconds(15)).build();
    }

    private static IllegalStateException unexpected(String what, Outcome<String> seen) {
        return new IllegalStateException("expected " + what + ", saw "
                + (seen instanceof Outcome.Refused<String> refused
                        ? refused.message()
                        : seen.getClass().getSimpleName()));
    }
}
