package dev.x402.testbed.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The code that the README shows. */
final class ReadmeTest {
    @Test
    void a_node_is_started_used_and_stopped() {
        // snippet: use
        try (EvmNode node = EvmNode.start()) { // anvil, chain id 84532, a free loopback port: node.uri()
            String payer = DevAccounts.payer().address();
            BigInteger dollars = node.dollar().balance(payer); // one million of them, in atomic units
            node.chain().advance(Duration.ofHours(1)); // time, blocks, mempool, reorganisations
            node.kill(); // outages: kill and restart, pause and resume
            node.restart();
            assertEquals(DevAccounts.FUNDS, dollars);
        }
        // end: use
    }
}
