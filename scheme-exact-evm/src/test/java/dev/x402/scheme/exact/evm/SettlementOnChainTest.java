package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.spec.AtomicAmount;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNodeExtension;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole way through the engine: the client signs, the facilitator verifies and settles. */
class SettlementOnChainTest {
    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    World world;
    FacilitatorEngine engine;

    @BeforeEach
    void start() {
        world = new World(NODE.node());
        engine = FacilitatorEngine.builder(
                        world.plugins,
                        new InMemorySettlementStore(world.clock),
                        FacilitatorPolicy.anyPayee(),
                        "replica-1")
                .clock(world.clock)
                .build();
    }

    @AfterEach
    void stop() {
        engine.close();
        world.close();
    }

    @Test
    void a_payment_is_settled_and_the_money_moves() {
        Payment payment = world.pay(10_000);
        Settlement settlement = engine.settle(payment, world.by());
        Settlement.Settled settled = assertInstanceOf(Settlement.Settled.class, settlement);
        assertEquals(AtomicAmount.of(10_000), settled.receipt().amount());
        assertEquals(DevAccounts.payer().address(), settled.receipt().payer());
        assertEquals(BigInteger.valueOf(10_000), world.paid());
    }
}
