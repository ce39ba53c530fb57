package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.spec.AtomicAmount;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNodeExtension;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    World world = new World(NODE.node());
    ExecutorService threads = Executors.newFixedThreadPool(16);
    FacilitatorEngine engine = engine(world);

    FacilitatorEngine engine(World of) {
        return FacilitatorEngine.builder(
                        of.plugins, new InMemorySettlementStore(of.clock), FacilitatorPolicy.anyPayee(), "replica-1")
                .clock(of.clock)
                .completer(threads)
                .build();
    }

    @AfterEach
    void stop() {
        engine.close();
        threads.shutdown();
        world.close();
    }

    @Test
    void a_payment_is_settled_and_the_money_moves() {
        Payment payment = world.pay(10_000);
        Settlement.Settled settled = settled(engine.settle(payment, world.by()));
        assertEquals(AtomicAmount.of(10_000), settled.receipt().amount());
        assertEquals(DevAccounts.payer().address(), settled.receipt().payer());
        assertEquals(Stage.FINAL, settled.stage());
        assertEquals(BigInteger.valueOf(10_000), world.paid());
    }

    @Test
    void a_block_that_comes_between_the_heads_and_the_receipt_is_one_confirmation() {
        engine.close();
        world.close();
        world = new World(
                NODE.node(),
                policy -> policy,
                rpc -> new BlockAfterHeads(rpc, NODE.node().chain()));
        engine = engine(world);
        world.chain.mineByHand();
        assertEquals(
                Stage.FINAL, settled(engine.settle(world.pay(10), world.by())).stage());
    }

    @Test
    void the_same_payment_again_gets_the_same_receipt_and_moves_nothing() {
        Payment payment = world.pay(10_000);
        Settlement first = engine.settle(payment, world.by());
        assertEquals(first, engine.settle(payment, world.by()));
        assertEquals(BigInteger.valueOf(10_000), world.paid());
    }

    @Test
    void a_hundred_payments_at_once_settle_over_four_lanes_without_a_gap() throws Exception {
        engine.close();
        threads.shutdown();
        threads = Executors.newFixedThreadPool(MANY + 4);
        EvmSigner[] signers = DevAccounts.FACILITATORS.stream().map(World::key).toArray(EvmSigner[]::new);
        world.close();
        world = new World(
                NODE.node(),
                policy -> EvmSettlementPolicy.of(World.NETWORK, signers).withConfirmations(1));
        engine = engine(world);
        List<Callable<Settlement>> work = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Payment payment = world.pay(1);
            work.add(() -> engine.settle(payment, world.clock.instant().plus(Duration.ofSeconds(60))));
        }
        for (Future<Settlement> settlement : threads.invokeAll(work)) {
            settled(settlement.get());
        }
        long sent = 0;
        for (DevAccount signer : DevAccounts.FACILITATORS) {
            sent += world.chain.nonce(signer.address());
        }
        assertEquals(BigInteger.valueOf(MANY), world.paid());
        assertEquals(MANY, sent);
        assertEquals(List.of(), waiting());
    }

    /** What is in no block: a node may list for a moment longer what it has just mined and was sent once more. */
    private List<String> waiting() {
        return world.chain.mempool().stream()
                .filter(hash -> world.chain.receipt(hash).isEmpty())
                .toList();
    }

    @Test
    void a_payment_while_the_node_is_down_has_not_started() {
        Payment payment = world.pay(10);
        NODE.node().kill();
        Settlement down = engine.settle(payment, world.clock.instant().plusSeconds(1));
        NODE.node().restart();
        assertEquals(false, assertInstanceOf(Settlement.Pending.class, down).started());
        settled(engine.settle(payment, world.by()));
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void a_payment_that_no_block_takes_is_pending_with_its_hash_and_settles_later() {
        world.chain.mineByHand();
        Payment payment = world.pay(10);
        Settlement.Pending pending = assertInstanceOf(
                Settlement.Pending.class,
                engine.settle(payment, world.clock.instant().plusSeconds(1)));
        world.chain.mineAutomatically();
        world.chain.mine();
        Settlement.Settled settled = settled(engine.settle(payment, world.by()));
        assertEquals(pending.reference().orElseThrow(), settled.receipt().reference());
        assertEquals(true, pending.started());
    }

    @Test
    void a_payment_that_was_settled_elsewhere_before_is_refused() {
        Payment payment = world.pay(10);
        world.chain.awaitReceipt(world.frontRun(World.transfer(payment)));
        assertEquals(
                new Settlement.Rejected(Codes.NONCE_USED, "payload.authorization.nonce: used or cancelled before"),
                engine.settle(payment, world.by()));
    }

    @Test
    void a_stuck_transaction_is_replaced_and_the_payment_settles_once() {
        engine.close();
        world.close();
        world = new World(NODE.node(), policy -> policy.withStallAfter(Duration.ofMillis(200)));
        engine = engine(world);
        world.chain.mineByHand();
        Payment payment = world.pay(10);
        Settlement.Pending pending = assertInstanceOf(
                Settlement.Pending.class,
                engine.settle(payment, world.clock.instant().plusSeconds(2)));
        world.chain.mineAutomatically();
        world.chain.mine();
        settled(engine.settle(payment, world.by()));
        assertEquals(BigInteger.TEN, world.paid());
        assertEquals(
                1,
                world.chain.nonce(DevAccounts.facilitator().address()),
                pending.reference().orElseThrow());
    }

    private static Settlement.Settled settled(Settlement settlement) {
        return assertInstanceOf(Settlement.Settled.class, settlement, settlement.toString());
    }
}
