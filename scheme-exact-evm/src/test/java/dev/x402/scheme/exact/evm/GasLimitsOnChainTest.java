package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.spi.Declined;
import dev.x402.spi.Payment;
import dev.x402.testbed.evm.EvmNodeExtension;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often a node is asked for an estimate, which runs a transfer many times. */
class GasLimitsOnChainTest {
    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    private final AtomicReference<CountingRpc> rpc = new AtomicReference<>();
    private final World world = new World(NODE.node(), policy -> policy, way -> {
        rpc.set(new CountingRpc(way));
        return rpc.get();
    });

    @AfterEach
    void close() {
        world.close();
    }

    private int estimates() {
        return rpc.get().asked().getOrDefault("eth_estimateGas", 0);
    }

    private void settle(Payment payment) {
        world.chain.awaitReceipt(world.trip(payment).send());
    }

    @Test
    void the_second_transfer_of_a_token_within_the_minute_is_not_estimated() {
        settle(world.pay(10));
        settle(world.pay(10));
        assertEquals(1, estimates());
        assertEquals(BigInteger.valueOf(20), world.paid());
    }

    @Test
    void a_minute_later_it_is_estimated_again() {
        settle(world.pay(10));
        world.clock.advance(Duration.ofSeconds(61));
        settle(world.pay(10));
        assertEquals(2, estimates());
    }

    @Test
    void a_transfer_that_fails_under_a_known_limit_is_estimated_before_it_is_declined() {
        settle(world.pay(10));
        Payment beyond = world.pay(Long.MAX_VALUE);
        assertInstanceOf(Declined.class, world.facilitator.prepare(world.trip(beyond).movement, world.by()));
        assertEquals(2, estimates());
    }
}
