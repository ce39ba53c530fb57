package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.x402.spi.Advice;
import dev.x402.spi.Outcome;
import dev.x402.spi.Sighting;
import dev.x402.testbed.evm.EvmNodeExtension;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is seen through a node that fell behind the chain. */
class LaggingNodeTest {
    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    private Optional<LaggingRpc> lagging = Optional.empty();
    private Optional<World> opened = Optional.empty();

    @BeforeEach
    void begin() {
        opened = Optional.of(new World(NODE.node(), policy -> policy, rpc -> {
            LaggingRpc behind = new LaggingRpc(rpc);
            lagging = Optional.of(behind);
            return behind;
        }));
    }

    @AfterEach
    void stop() {
        opened.ifPresent(World::close);
    }

    @Test
    void a_payment_that_landed_behind_its_back_is_open_and_never_failed() {
        World world = opened.orElseThrow();
        LaggingRpc node = lagging.orElseThrow();
        World.Trip trip = world.trip(world.pay(10));
        long before = world.chain.blockNumber();
        world.chain.awaitReceipt(trip.send());
        node.stopAt(before);
        world.chain.advance(Duration.ofHours(1));
        world.clock.advance(Duration.ofHours(1));

        Sighting behind = trip.observe();
        assertEquals(new Outcome.Open(), behind.outcomes().get(0));
        assertNotEquals(Advice.DONE, behind.advice());

        node.catchUp();
        assertInstanceOf(Outcome.Landed.class, trip.observe().outcomes().get(0));
        assertEquals(BigInteger.TEN, world.paid());
    }
}
