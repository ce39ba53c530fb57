package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Stage;
import dev.x402.testbed.svm.SvmAccount;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmFault;
import dev.x402.testbed.svm.SvmMint;
import dev.x402.testbed.svm.SvmNodeExtension;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole way through the engine: the client signs, the facilitator verifies and settles. */
class SettlementOnChainTest {
    private static final int MANY = 100;

    @RegisterExtension
    static final SvmNodeExtension NODE = new SvmNodeExtension();

    World world = new World(NODE.node());
    ExecutorService threads = Executors.newFixedThreadPool(16);
    SettlementStore store = new InMemorySettlementStore(world.clock);
    FacilitatorEngine engine = engine(world, "replica-1");

    FacilitatorEngine engine(World of, String replica) {
        return FacilitatorEngine.builder(of.plugins, store, FacilitatorPolicy.anyPayee(), replica)
                .clock(of.clock)
                .completer(threads)
                .build();
    }

    @AfterEach
    void stop() {
        NODE.node().chain().mend();
        engine.close();
        threads.shutdown();
        world.close();
    }

    @Test
    void a_payment_is_settled_and_the_money_moves() {
        Settlement.Settled settled = settled(engine.settle(world.pay(10_000), world.by()));
        assertEquals(AtomicAmount.of(10_000), settled.receipt().amount());
        assertEquals(SvmAccounts.payer().address(), settled.receipt().payer());
        assertEquals(Stage.FINAL, settled.stage());
        assertEquals(BigInteger.valueOf(10_000), world.paid());
    }

    @Test
    void a_payment_in_a_token_of_the_newer_program_is_settled() {
        Payment payment = world.pay(world.offer(700, SvmMint.DOLLAR_2022));
        settled(engine.settle(payment, world.by()));
        assertEquals(BigInteger.valueOf(700), NODE.node().dollar2022().balance(SvmAccounts.PAYEE.address()));
    }

    @Test
    void the_same_payment_again_gets_the_same_receipt_and_moves_nothing() {
        Payment payment = world.pay(10_000);
        Settlement first = engine.settle(payment, world.by());
        assertEquals(first, engine.settle(payment, world.by()));
        assertEquals(BigInteger.valueOf(10_000), world.paid());
    }

    @Test
    void one_payment_from_many_callers_and_two_replicas_moves_once() throws Exception {
        Payment payment = world.pay(10_000);
        Set<Settlement> answers = new HashSet<>();
        try (FacilitatorEngine other = engine(world, "replica-2")) {
            List<Callable<Settlement>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                FacilitatorEngine asked = i % 2 == 0 ? engine : other;
                work.add(() -> asked.settle(payment, patiently()));
            }
            for (Future<Settlement> answer : threads.invokeAll(work)) {
                answers.add(settled(answer.get()));
            }
        }
        assertEquals(1, answers.size());
        assertEquals(BigInteger.valueOf(10_000), world.paid());
    }

    @Test
    void a_hundred_payments_at_once_settle_over_four_fee_payers() throws Exception {
        engine.close();
        threads.shutdown();
        threads = Executors.newFixedThreadPool(MANY + 4);
        world.close();
        world = new World(NODE.node(), policy -> SvmSettlementPolicy.of(World.NETWORK, World.feePayers()));
        engine = engine(world, "replica-1");
        List<Callable<Settlement>> work = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Payment payment = world.pay(1);
            work.add(() -> engine.settle(payment, patiently()));
        }
        for (Future<Settlement> settlement : threads.invokeAll(work)) {
            settled(settlement.get());
        }
        assertEquals(BigInteger.valueOf(MANY), world.paid());
        for (SvmAccount feePayer : SvmAccounts.FEE_PAYERS) {
            BigInteger fees = SvmAccounts.FEES.subtract(world.chain.balance(feePayer.address()));
            assertTrue(fees.compareTo(BigInteger.valueOf(25 * 10_000)) >= 0, feePayer + " paid " + fees);
        }
    }

    @Test
    void a_payment_while_the_node_is_down_has_not_started() {
        Payment payment = world.pay(10);
        NODE.node().kill();
        Settlement down = engine.settle(payment, world.clock.instant().plusSeconds(1));
        NODE.node().restart();
        assertEquals(false, assertInstanceOf(Settlement.Pending.class, down).started());
    }

    @Test
    void a_sending_whose_answer_is_lost_settles_once() {
        Payment payment = world.pay(10);
        world.chain.fail("sendTransaction", SvmFault.LOST_ANSWER, 1);
        settled(engine.settle(payment, world.by()));
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void a_sending_that_is_lost_is_sent_again() {
        Payment payment = world.pay(10);
        world.chain.fail("sendTransaction", SvmFault.LOST_REQUEST, 1);
        settled(engine.settle(payment, patiently()));
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void a_payment_that_no_slot_takes_is_pending_with_its_signature_and_settles_later() {
        world.chain.slotsByHand();
        world.chain.advance(2);
        Payment payment = world.pay(10);
        Settlement.Pending pending = assertInstanceOf(
                Settlement.Pending.class,
                engine.settle(payment, world.clock.instant().plusSeconds(1)));
        world.chain.advance(2);
        Settlement.Settled settled = settled(engine.settle(payment, world.by()));
        assertEquals(pending.reference().orElseThrow(), settled.receipt().reference());
        assertEquals(Stage.SEEN, settled.stage());
        assertEquals(true, pending.started());
    }

    @Test
    void a_payment_that_expires_unseen_is_rejected_and_moves_nothing() {
        world.chain.slotsByHand();
        world.chain.advance(2);
        Payment payment = world.pay(10);
        assertInstanceOf(
                Settlement.Pending.class,
                engine.settle(payment, world.clock.instant().plusSeconds(1)));
        world.chain.dropAll();
        world.chain.holdTransactions();
        world.chain.advance(151 + 32);
        Settlement.Rejected rejected = assertInstanceOf(Settlement.Rejected.class, engine.settle(payment, world.by()));
        world.chain.releaseTransactions();
        world.chain.advance(5);
        assertEquals(Codes.BLOCKHASH, rejected.code());
        assertEquals(BigInteger.ZERO, world.paid());
    }

    @Test
    void a_transaction_that_landed_without_a_row_of_the_store_is_no_second_payment() {
        Payment payment = world.pay(10);
        settled(engine.settle(payment, world.by()));
        store = new InMemorySettlementStore(world.clock);
        try (FacilitatorEngine amnesic = engine(world, "replica-3")) {
            assertEquals(
                    new Settlement.Rejected(ErrorCode.DUPLICATE_SETTLEMENT, "payload.transaction: landed before"),
                    amnesic.settle(payment, world.by()));
        }
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void two_payments_of_one_offer_in_one_blockhash_are_two_transactions() {
        PaymentRequirements offer = world.offer(10);
        Settlement.Settled first = settled(engine.settle(world.pay(offer), world.by()));
        Settlement.Settled second = settled(engine.settle(world.pay(offer), world.by()));
        assertNotEquals(first.receipt().reference(), second.receipt().reference());
        assertEquals(BigInteger.valueOf(20), world.paid());
    }

    private Instant patiently() {
        return world.clock.instant().plus(Duration.ofSeconds(60));
    }

    private static Settlement.Settled settled(Settlement settlement) {
        return assertInstanceOf(Settlement.Settled.class, settlement, settlement.toString());
    }
}
