package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNodeExtension;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the kit does to the chain really happens to it. */
class HeldChainTest {
    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    final Instant start = NODE.node().chain().time();
    final HeldChain rail = new HeldChain(
            NODE.node().chain(),
            new LossyRpc(World.NETWORK, NODE.node().uri(), Clock.systemUTC()),
            World.key(DevAccounts.payer()));

    HeldChainTest() throws IOException {}

    @Test
    void what_is_held_waits_in_the_pool_while_blocks_come() {
        rail.hold();
        String hash = send();
        long height = NODE.node().chain().blockNumber();
        rail.tick(start.plusSeconds(5));
        assertEquals(height + 1, NODE.node().chain().blockNumber());
        assertEquals(start.plusSeconds(5), NODE.node().chain().time());
        assertEquals(List.of(hash), NODE.node().chain().mempool());
    }

    @Test
    void what_is_released_lands_in_the_next_block() {
        rail.hold();
        String hash = send();
        rail.tick(start.plusSeconds(5));
        rail.release();
        rail.tick(start.plusSeconds(6));
        assertEquals(
                NODE.node().chain().blockNumber(),
                NODE.node().chain().receipt(hash).orElseThrow().block());
    }

    private String send() {
        return NODE.node().chain().sendUnsigned(DevAccounts.STRANGER.address(), DevAccounts.PAYEE.address(), "0x");
    }
}
