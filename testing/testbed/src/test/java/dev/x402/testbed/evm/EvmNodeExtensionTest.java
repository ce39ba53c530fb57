package dev.x402.testbed.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EvmNodeExtension.class)
class EvmNodeExtensionTest {

    private static final String STRANGER = DevAccounts.STRANGER.address();
    private static final BigInteger SEVEN = BigInteger.valueOf(7);

    private final EvmNode node;

    EvmNodeExtensionTest(EvmNode node) {
        this.node = node;
    }

    @BeforeAll
    static void mint_before_the_first_test(EvmChain chain, TestDollar dollar) {
        chain.awaitReceipt(dollar.mint(STRANGER, SEVEN));
    }

    @Test
    void finds_what_the_class_made_and_nothing_of_the_other_test(EvmChain chain, TestDollar dollar) {
        assertEquals(SEVEN, dollar.balance(STRANGER));
        chain.awaitReceipt(dollar.mint(STRANGER, BigInteger.ONE));
        chain.mineByHand();
    }

    @Test
    void finds_what_the_class_made_and_nothing_of_the_first_test(EvmChain chain, TestDollar dollar) {
        assertEquals(SEVEN, dollar.balance(STRANGER));
        chain.awaitReceipt(dollar.mint(STRANGER, BigInteger.ONE));
        chain.mineByHand();
    }

    @Test
    void refuses_to_give_a_node_before_the_class_started() {
        EvmNodeExtension unused = new EvmNodeExtension();
        IllegalStateException refusal = assertThrows(IllegalStateException.class, unused::node);
        assertEquals(
                "the node starts with the test class; register EvmNodeExtension in a static field and ask for it"
                        + " inside a test",
                refusal.getMessage());
    }

    @Nested
    class Inside {

        @Test
        void shares_the_node_of_the_outer_class(EvmNode inner) {
            assertSame(node, inner);
        }
    }
}
