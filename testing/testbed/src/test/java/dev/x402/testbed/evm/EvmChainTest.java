package dev.x402.testbed.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Function;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

class EvmChainTest {

    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    private static final String STRANGER = DevAccounts.STRANGER.address();
    private static final BigInteger ONE = BigInteger.ONE;

    private final EvmChain chain = NODE.node().chain();
    private final TestDollar dollar = NODE.node().dollar();

    @Test
    void moves_its_clock() {
        Instant before = chain.time();
        chain.advance(Duration.ofHours(1));
        long passed = Duration.between(before, chain.time()).toSeconds();
        assertTrue(passed >= 3600 && passed <= 3630, "passed " + passed + " s");
    }

    @Test
    void keeps_the_distance_to_the_real_clock_after_a_move() {
        chain.advance(Duration.ofHours(1));
        Instant moved = chain.time();
        chain.mine();
        long passed = Duration.between(moved, chain.time()).toSeconds();
        assertTrue(passed >= 0 && passed <= 30, "passed " + passed + " s");
    }

    @Test
    void has_its_old_clock_again_after_going_back() {
        Instant before = chain.time();
        Snapshot snapshot = chain.snapshot();
        chain.advance(Duration.ofHours(1));
        chain.revert(snapshot);
        chain.mine();
        long passed = Duration.between(before, chain.time()).toSeconds();
        assertTrue(passed >= 0 && passed <= 30, "passed " + passed + " s");
    }

    @Test
    void gives_the_next_block_a_time() {
        Instant later = chain.time().plusSeconds(12_345);
        chain.setNextBlockTime(later);
        chain.mine();
        assertEquals(later, chain.time());
    }

    @Test
    void keeps_a_transaction_waiting_while_mining_by_hand() {
        chain.mineByHand();
        String waiting = dollar.mint(STRANGER, ONE);
        assertEquals(Optional.empty(), chain.receipt(waiting));
        assertEquals(List.of(waiting), chain.mempool());
        chain.mine();
        assertTrue(chain.awaitReceipt(waiting).succeeded());
    }

    @Test
    void mines_many_blocks_at_once() {
        long before = chain.blockNumber();
        chain.mine(64);
        assertEquals(before + 64, chain.blockNumber());
    }

    @Test
    void mines_in_intervals() {
        chain.mineEvery(Duration.ofSeconds(1));
        assertTrue(chain.awaitReceipt(dollar.mint(STRANGER, ONE)).succeeded());
    }

    @Test
    void goes_back_to_a_snapshot() {
        long before = chain.blockNumber();
        Snapshot snapshot = chain.snapshot();
        chain.awaitReceipt(dollar.mint(STRANGER, ONE));
        chain.revert(snapshot);
        assertEquals(BigInteger.ZERO, dollar.balance(STRANGER));
        assertEquals(before, chain.blockNumber());
    }

    @Test
    void refuses_a_snapshot_that_is_used_up() {
        Snapshot snapshot = new Snapshot("0x7777");
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> chain.revert(snapshot));
        assertEquals(
                "the node does not know snapshot 0x7777; each can be used once, and going back loses the later ones",
                refusal.getMessage());
    }

    @Test
    void forgets_a_transaction_in_a_reorganisation() {
        EvmReceipt receipt = chain.awaitReceipt(dollar.mint(STRANGER, ONE));
        String oldHash = chain.blockHash(receipt.block());
        long height = chain.blockNumber();
        chain.reorganize(1);
        assertEquals(height, chain.blockNumber());
        assertNotEquals(oldHash, chain.blockHash(receipt.block()));
        assertEquals(Optional.empty(), chain.receipt(receipt.transaction()));
        assertEquals(BigInteger.ZERO, dollar.balance(STRANGER));
    }

    @Test
    void holds_another_transaction_after_a_reorganisation() {
        long nonce = chain.nonce(STRANGER);
        EvmReceipt first = chain.awaitReceipt(chain.send(payment(nonce, "1")));
        chain.mine();
        chain.reorganize(2, List.of(payment(nonce, "2")));
        assertEquals(Optional.empty(), chain.receipt(first.transaction()));
        assertEquals(BigInteger.valueOf(10).pow(22).add(BigInteger.TWO), chain.balance(DevAccounts.PAYEE.address()));
    }

    @Test
    void drops_a_waiting_transaction() {
        chain.mineByHand();
        String waiting = dollar.mint(STRANGER, ONE);
        assertTrue(chain.drop(waiting));
        chain.mine();
        assertEquals(Optional.empty(), chain.receipt(waiting));
        assertEquals(List.of(), chain.mempool());
    }

    @Test
    void tells_that_there_was_nothing_to_drop() {
        assertFalse(chain.drop("0x" + "00".repeat(32)));
    }

    @Test
    void sets_the_next_base_fee() {
        chain.setNextBaseFee(BigInteger.valueOf(123_456_789));
        chain.mine();
        assertEquals(BigInteger.valueOf(123_456_789), chain.baseFee());
    }

    @Test
    void sets_a_balance_of_ether() {
        chain.setBalance(STRANGER, BigInteger.TEN);
        assertEquals(BigInteger.TEN, chain.balance(STRANGER));
    }

    @Test
    void reads_many_things_in_one_call() {
        byte[] balanceOf = Numeric.hexStringToByteArray(
                Abi.call("70a08231", Abi.address(DevAccounts.payer().address())));
        byte[] nonsense = Numeric.hexStringToByteArray("0xdeadbeef");
        DynamicArray<DynamicStruct> calls =
                new DynamicArray<>(DynamicStruct.class, List.of(call3(balanceOf), call3(nonsense)));
        String data = FunctionEncoder.encode(new Function("aggregate3", List.of(calls), List.of()));
        String answer = chain.read(EvmChain.MULTICALL3, data).toLowerCase(Locale.ROOT);
        assertTrue(answer.contains(Abi.word(DevAccounts.FUNDS)), answer);
    }

    @Test
    void says_which_block_is_missing() {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> chain.blockHash(9_999));
        assertEquals("the chain has no block 0x270f; its newest is " + chain.blockNumber(), refusal.getMessage());
    }

    private static DynamicStruct call3(byte[] data) {
        return new DynamicStruct(new Address(TestDollar.ADDRESS), new Bool(true), new DynamicBytes(data));
    }

    private static String payment(long nonce, String wei) {
        RawTransaction transaction = RawTransaction.createEtherTransaction(
                EvmNode.CHAIN_ID,
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(21_000),
                DevAccounts.PAYEE.address(),
                new BigInteger(wei),
                BigInteger.valueOf(1_000_000_000),
                BigInteger.valueOf(5_000_000_000L));
        return Numeric.toHexString(
                TransactionEncoder.signMessage(transaction, Credentials.create(DevAccounts.STRANGER.privateKey())));
    }
}
