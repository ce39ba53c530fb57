package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.Pause;
import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.core.router.FacilitatorRouter;
import dev.x402.core.router.RoutedFacilitator;
import dev.x402.core.router.RoutingPolicy;
import dev.x402.core.seller.Admission;
import dev.x402.core.seller.Completion;
import dev.x402.core.seller.Decision;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.ResourceRequest;
import dev.x402.core.seller.WayToPay;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Bytes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNodeExtension;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A seller on a real chain, and payers and facilitators that would have its work for nothing. */
class SellerOnChainTest {
    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    private static final Bytes REPORT = Bytes.of(new byte[] {1});

    private final World world = new World(NODE.node());
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final FacilitatorEngine engine = FacilitatorEngine.builder(
                    world.plugins, new InMemorySettlementStore(world.clock), FacilitatorPolicy.anyPayee(), "replica-1")
            .clock(world.clock)
            .completer(threads)
            .build();

    @AfterEach
    void stop() {
        engine.close();
        threads.shutdown();
        world.close();
    }

    private PaymentGate gate(Facilitator facilitator) {
        return PaymentGate.builder(world.plugins)
                .facilitator(facilitator)
                .claims(InMemoryClaimStore.builder(world.clock).build())
                .clock(world.clock)
                .pause(Pause.ofThreads())
                .route(PricedRoute.of(
                        "report",
                        WayToPay.by(World.KIND)
                                .price(Price.atomic(10))
                                .payTo(DevAccounts.PAYEE.address())
                                .asset(TestDollar.ADDRESS)
                                .maxTimeoutSeconds(300)
                                .build()))
                .build();
    }

    private static ResourceRequest request() {
        return ResourceRequest.of("GET", "report", "/report", "https://shop.example/report");
    }

    private Payment pay(PaymentGate gate) {
        Decision.Challenge challenge = assertInstanceOf(Decision.Challenge.class, gate.decide(request()));
        return world.pay(challenge.required().accepts().get(0));
    }

    private static Admission admitted(PaymentGate gate, Payment payment) {
        Decision decision = gate.decide(request().withPayment(payment.payload()));
        return assertInstanceOf(Decision.Admit.class, decision, decision.toString())
                .admission();
    }

    private void sent(String transaction) {
        assertEquals(true, world.chain.awaitReceipt(transaction).succeeded());
    }

    @Test
    void control_an_honest_payer_gets_the_report() {
        PaymentGate gate = gate(engine);
        assertInstanceOf(Completion.Release.class, admitted(gate, pay(gate)).finish(REPORT));
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void a_payer_who_cancels_while_the_handler_works_gets_no_report() {
        PaymentGate gate = gate(engine);
        Payment payment = pay(gate);
        Admission admission = admitted(gate, payment);
        sent(world.chain.sendUnsigned(
                DevAccounts.STRANGER.address(),
                TestDollar.ADDRESS,
                Hex.of(Cancellation.of(World.transfer(payment), World.key(DevAccounts.payer()))
                        .callData())));
        refused(admission.finish(REPORT));
        assertEquals(BigInteger.ZERO, world.paid());
    }

    @Test
    void a_payer_who_spends_the_money_while_the_handler_works_gets_no_report() {
        PaymentGate gate = gate(engine);
        Admission admission = admitted(gate, pay(gate));
        sent(world.emptyPurse());
        refused(admission.finish(REPORT));
        assertEquals(BigInteger.ZERO, world.paid());
    }

    @Test
    void a_payment_that_ends_while_the_handler_works_buys_no_report() {
        PaymentGate gate = gate(engine);
        Admission admission = admitted(gate, pay(gate));
        world.chain.advance(Duration.ofSeconds(1000));
        world.clock.advance(Duration.ofSeconds(1000));
        refused(admission.finish(REPORT));
        assertEquals(BigInteger.ZERO, world.paid());
    }

    private static void refused(Completion completion) {
        assertFalse(completion instanceof Completion.Release, completion.toString());
    }

    @Test
    void a_facilitator_that_lies_about_the_chain_sells_nothing_while_another_reads_it() {
        FacilitatorRouter router = FacilitatorRouter.builder(world.plugins)
                .add(RoutedFacilitator.of("liar", new Liar(engine)).doubted())
                .add(RoutedFacilitator.of("honest", engine))
                .policy(RoutingPolicy.order("liar"))
                .clock(world.clock)
                .executor(threads)
                .random(new Random(1))
                .build();
        PaymentGate gate = gate(router);
        Payment payment = pay(gate);
        Decision.RetryLater pending = assertInstanceOf(
                Decision.RetryLater.class, admitted(gate, payment).finish(REPORT));
        assertEquals(ErrorCode.SETTLEMENT_PENDING, pending.code());
        assertEquals(BigInteger.ZERO, world.paid());

        sent(world.frontRun(World.transfer(payment)));
        assertInstanceOf(Decision.Replay.class, gate.decide(request().withPayment(payment.payload())));
    }

    /** Says of everything that it is paid, and moves nothing. */
    private record Liar(Facilitator honest) implements Facilitator {
        @Override
        public SupportedResponse supported(Instant by) {
            return honest.supported(by);
        }

        @Override
        public Verification verify(Payment payment, Instant by) {
            return new Verification.Valid(DevAccounts.payer().address(), Json.Obj.EMPTY);
        }

        @Override
        public Settlement settle(Payment payment, Instant by) {
            return new Settlement.Settled(
                    new Receipt(
                            "0x" + "ab".repeat(32),
                            DevAccounts.payer().address(),
                            payment.requirements().amount(),
                            Json.Obj.EMPTY),
                    Stage.FINAL);
        }

        @Override
        public void close() {}
    }
}
