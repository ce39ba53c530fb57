package dev.x402.testbed.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The code that the README shows. */
final class ReadmeTest {
    @Test
    void a_node_is_started_used_and_stopped() {
        // snippet: use
        try (SvmNode node = SvmNode.start()) { // a Solana VM with devnet's genesis hash
            BigInteger dollars = node.usdc().balance(SvmAccounts.payer().address());
            node.chain().slotsByHand(); // or one for each transaction, or by the clock
            node.chain().advance(151); // levels, expired blockhashes, forks, lags, held transactions, lost answers
            assertEquals(SvmAccounts.FUNDS, dollars);
        }
        // end: use
    }
}
