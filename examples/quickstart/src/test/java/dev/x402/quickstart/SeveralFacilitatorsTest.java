package dev.x402.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.Pause;
import dev.x402.core.router.FacilitatorRouter;
import dev.x402.core.router.InMemoryRouteStore;
import dev.x402.core.router.RoutedFacilitator;
import dev.x402.core.router.RoutingPolicy;
import dev.x402.core.seller.Completion;
import dev.x402.core.seller.Decision;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.ResourceRequest;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.facilitator.HttpFacilitator;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.GuardedProcess;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNode;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three facilitator processes behind one router: one is killed, one is slow, one lies. */
class SeveralFacilitatorsTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final BigInteger PRICE = BigInteger.valueOf(10_000);
    private static final Bytes REPORT = Bytes.of(new byte[] {1});
    private static final String TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Purchase> purchases = new ArrayList<>();
    private final InMemoryClaimStore claims = InMemoryClaimStore.builder(CLOCK).build();
    private final InMemoryRouteStore routes = InMemoryRouteStore.of(CLOCK);
    private EvmNode node;
    private Network network;
    private Plugins plugins;

    @BeforeEach
    void start() {
        node = opened(EvmNode.start());
        network = Network.parse(node.network());
        plugins = opened(Plugins.builder()
                .discover()
                .port(EvmSigner.class, LocalEvmSigner.parse(DevAccounts.payer().privateKey()))
                .clock(CLOCK)
                .build());
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void no_request_is_answered_wrongly_and_none_is_paid_twice() throws Exception {
        Started mortal = process("honest", 0);
        Started slow = process("slow", 1);
        Started liar = process("lying", 2);
        List<RoutedFacilitator> all = List.of(
                RoutedFacilitator.of("mortal", mortal.client()),
                RoutedFacilitator.of("slow", slow.client()),
                RoutedFacilitator.of("liar", liar.client()).doubted());

        PaymentGate calm = gate(all, RoutingPolicy.order("mortal", "slow", "liar"));
        for (Purchase purchase : bought(calm, 3)) {
            assertEquals("served", purchase.ask());
        }
        List<Purchase> struck = bought(calm, 8);
        CountDownLatch begun = new CountDownLatch(2);
        List<Future<?>> asking = new ArrayList<>();
        for (Purchase purchase : struck) {
            asking.add(threads.submit(() -> {
                begun.countDown();
                return purchase.ask();
            }));
        }
        begun.await();
        mortal.process().close();
        await(asking);
        askAtOnce(bought(gate(all, RoutingPolicy.order("slow", "liar", "mortal")), 4));
        askAtOnce(bought(gate(all, RoutingPolicy.order("liar", "slow", "mortal")), 5));

        for (int round = 0; round < 12 && purchases.stream().anyMatch(Purchase::mayStillEnd); round++) {
            Pause.ofThreads().pause(Duration.ofSeconds(1));
            askAtOnce(purchases.stream().filter(Purchase::mayStillEnd).toList());
        }

        long moved = purchases.stream().filter(Purchase::isPaid).count();
        List<String> transfers = transfers();
        assertEquals(List.of(), purchases.stream().filter(Purchase::isWrong).toList());
        assertEquals(
                List.of(),
                purchases.stream()
                        .filter(purchase -> purchase.isServed() && !purchase.isPaid())
                        .toList());
        assertEquals(
                List.of(), purchases.stream().filter(p -> p.worked.get() > 1).toList());
        assertEquals(moved, transfers.size());
        assertEquals(PRICE.multiply(BigInteger.valueOf(moved)), node.dollar().balance(DevAccounts.PAYEE.address()));
        assertEquals(
                List.of(),
                purchases.stream()
                        .filter(purchase ->
                                !purchase.isServed() && purchase.facilitator().equals("slow"))
                        .toList());
        assertEquals(
                0,
                purchases.stream()
                        .filter(purchase -> purchase.facilitator().equals("liar") && purchase.isServed())
                        .count());
        assertTrue(
                purchases.stream().anyMatch(purchase -> purchase.facilitator().equals("slow")));
        assertTrue(
                purchases.stream().anyMatch(purchase -> purchase.facilitator().equals("liar")));
        assertTrue(purchases.stream().filter(Purchase::isServed).count() >= 3 + 4, () -> String.valueOf(purchases));
    }

    @Test
    void a_well_told_lie_about_a_settlement_is_found_by_a_second_opinion_and_by_nothing_less() throws Exception {
        Started honest = process("honest", 0);
        RoutedFacilitator liar =
                RoutedFacilitator.of("liar", process("lying", 2).client());
        RoutedFacilitator witness = RoutedFacilitator.of("honest", honest.client());

        Purchase doubted = bought(gate(List.of(liar.doubted(), witness), RoutingPolicy.inOrder()), 1)
                .get(0);
        assertEquals("later", doubted.ask());
        assertEquals("liar", doubted.facilitator());

        Purchase trusted = bought(
                        gate(
                                List.of(
                                        RoutedFacilitator.of(
                                                "liar", process("lying", 2).client()),
                                        witness),
                                RoutingPolicy.inOrder()),
                        1)
                .get(0);
        assertEquals("served", trusted.ask());
        assertEquals(BigInteger.ZERO, node.dollar().balance(DevAccounts.PAYEE.address()));
    }

    private PaymentGate gate(List<RoutedFacilitator> facilitators, RoutingPolicy policy) {
        FacilitatorRouter.Builder router = FacilitatorRouter.builder(plugins)
                .policy(policy)
                .routes(routes)
                .clock(CLOCK)
                .random(new Random(1))
                .executor(threads)
                .verifyWithin(Duration.ofSeconds(3));
        facilitators.forEach(router::add);
        PaymentGate gate = PaymentGate.builder(plugins)
                .facilitator(opened(router.build()))
                .claims(claims)
                .clock(CLOCK)
                .pause(Pause.ofThreads())
                .verifyWithin(Duration.ofSeconds(30))
                .settleWithin(Duration.ofSeconds(3))
                .route(PricedRoute.of(
                        "report",
                        WayToPay.by(new Kind("exact", network))
                                .price(Price.money("0.01", "USD"))
                                .payTo(DevAccounts.PAYEE.address())
                                .build()))
                .build();
        assertEquals(List.of(), gate.problems());
        return gate;
    }

    private List<Purchase> bought(PaymentGate gate, int times) {
        List<Purchase> fresh = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Decision.Challenge challenge = (Decision.Challenge) gate.decide(request());
            PaymentRequirements offer = challenge.required().accepts().get(0);
            fresh.add(new Purchase(gate, offer, PaymentPayload.of(null, offer, signed(offer))));
        }
        purchases.addAll(fresh);
        return fresh;
    }

    private void askAtOnce(List<Purchase> asked) throws Exception {
        List<Future<?>> asking = new ArrayList<>();
        asked.forEach(purchase -> asking.add(threads.submit(purchase::ask)));
        await(asking);
    }

    private static void await(List<Future<?>> asking) throws Exception {
        for (Future<?> future : asking) {
            future.get();
        }
    }

    private static ResourceRequest request() {
        return ResourceRequest.of("GET", "report", "/report", "https://shop.example/report");
    }

    /** The transactions that moved the dollar to the payee. */
    private List<String> transfers() {
        Object logs = node.chain()
                .call(
                        "eth_getLogs",
                        Map.of(
                                "fromBlock",
                                "0x0",
                                "toBlock",
                                "latest",
                                "address",
                                TestDollar.ADDRESS,
                                "topics",
                                Arrays.asList(
                                        TRANSFER,
                                        null,
                                        "0x" + "0".repeat(24)
                                                + DevAccounts.PAYEE
                                                        .address()
                                                        .substring(2)
                                                        .toLowerCase(Locale.ROOT))));
        return ((List<?>) logs)
                .stream()
                        .map(log -> String.valueOf(((Map<?, ?>) log).get("transactionHash")))
                        .toList();
    }

    private Started process(String manner, int signer) {
        GuardedProcess.Started started = GuardedProcess.start(
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FacilitatorProcess.class.getName(),
                        manner,
                        node.uri().toString(),
                        network.toString(),
                        Integer.toString(signer)),
                "ready at ",
                Duration.ofSeconds(60));
        GuardedProcess process = opened(started.process());
        URI address =
                URI.create(started.readyLine().substring(started.readyLine().indexOf("http")));
        Started warm = new Started(
                process, opened(HttpFacilitator.builder(address, CLOCK).build()));
        PaymentRequirements offer = PaymentRequirements.of(
                new Kind("exact", network),
                new AtomicAmount(PRICE),
                TestDollar.ADDRESS,
                DevAccounts.PAYEE.address(),
                60,
                Json.Obj.EMPTY.with("name", TestDollar.NAME).with("version", TestDollar.VERSION));
        Payment payment = Payment.of(PaymentPayload.of(null, offer, signed(offer)), offer);
        assertInstanceOf(
                Verification.Valid.class,
                warm.client().verify(payment, CLOCK.instant().plusSeconds(60)));
        return warm;
    }

    private Json.Obj signed(PaymentRequirements offer) {
        return plugins.client(offer.kind())
                .pay(
                        offer,
                        new PayContext(
                                Json.Obj.EMPTY, offer.amount(), CLOCK.instant().plusSeconds(5)))
                .payload();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private record Started(GuardedProcess process, HttpFacilitator client) {}

    /** One payment by one payer for one report, asked for until it ends. */
    private final class Purchase {
        private final PaymentGate gate;
        private final PaymentRequirements offer;
        private final PaymentPayload payload;
        private final AtomicInteger worked = new AtomicInteger();
        private volatile String last = "";

        Purchase(PaymentGate gate, PaymentRequirements offer, PaymentPayload payload) {
            this.gate = gate;
            this.offer = offer;
            this.payload = payload;
        }

        String ask() {
            last = answer();
            return last;
        }

        private String answer() {
            Decision decision = gate.decide(request().withPayment(payload));
            if (decision instanceof Decision.Admit admit) {
                worked.incrementAndGet();
                Completion completion = admit.admission().finish(REPORT);
                if (completion instanceof Completion.Release) {
                    return "served";
                }
                decision = (Decision) completion;
            }
            if (decision instanceof Decision.Replay) {
                return "served";
            }
            boolean later = decision instanceof Decision.RetryLater
                    || (decision instanceof Decision.Reject reject && reject.why() == Decision.Refusal.BAD_ANSWER);
            return later ? "later" : "wrong: " + decision;
        }

        boolean isServed() {
            return last.equals("served");
        }

        boolean isWrong() {
            return !isServed() && !last.equals("later");
        }

        /** Who is dead or lies never ends it. */
        boolean mayStillEnd() {
            return last.equals("later")
                    && !facilitator().equals("mortal")
                    && !facilitator().equals("liar");
        }

        boolean isPaid() {
            return node.dollar()
                    .authorizationUsed(
                            DevAccounts.payer().address(),
                            payload.payload()
                                    .cursor()
                                    .member("authorization")
                                    .member("nonce")
                                    .text());
        }

        /** The name that the payment is bound to. */
        String facilitator() {
            Payment payment = Payment.of(payload, offer);
            return routes.find(plugins.scheme(offer.kind()).orElseThrow().key(payment))
                    .orElse("");
        }

        @Override
        public String toString() {
            return last + " by " + facilitator() + (isPaid() ? ", paid" : ", not paid");
        }
    }
}
