package dev.x402.testbed.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.testbed.RpcException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SvmNodeExtension.class)
class SvmChainTest {

    private static final String PAYEE = SvmAccounts.PAYEE.address();
    private static final String USDC = SvmMint.USDC.address();
    private static final BigInteger SEVEN = BigInteger.valueOf(7);

    private final SvmNode node;
    private final SvmChain chain;

    SvmChainTest(SvmNode node) {
        this.node = node;
        this.chain = node.chain();
    }

    private String transfer() {
        return Transfer.of(node, SvmMint.USDC, 7, chain.blockhash());
    }

    // Transactions

    @Test
    void runs_a_payment_at_once_and_finally() {
        long slot = chain.slot();
        String signature = chain.send(transfer());
        assertEquals(
                new SvmStatus(slot + 1, Commitment.FINALIZED, null),
                chain.status(signature).orElseThrow());
        assertEquals(SEVEN, node.usdc().balance(PAYEE));
    }

    @Test
    void runs_a_payment_of_token_2022() {
        chain.send(Transfer.of(node, SvmMint.DOLLAR_2022, 7, chain.blockhash()));
        assertEquals(SEVEN, node.dollar2022().balance(PAYEE));
    }

    @Test
    void takes_the_fee_of_two_signatures() {
        chain.send(transfer());
        BigInteger fee =
                SvmAccounts.FEES.subtract(chain.balance(SvmAccounts.feePayer().address()));
        assertEquals(BigInteger.valueOf(10_000), fee);
    }

    @Test
    void refuses_what_fails_in_the_simulation() {
        node.usdc().setBalance(SvmAccounts.payer().address(), BigInteger.ONE);
        RpcException refusal = assertThrows(RpcException.class, () -> chain.send(transfer()));
        assertEquals(-32002, refusal.code());
        assertEquals(
                "Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1",
                refusal.reason());
        assertTrue(String.valueOf(refusal.data()).contains("err={InstructionError=[0, {Custom=1}]}"), refusal.data());
    }

    @Test
    void refuses_a_forged_signature() {
        String forged = Transfer.forged(node, SvmMint.USDC, 7, chain.blockhash());
        RpcException refusal = assertThrows(RpcException.class, () -> chain.send(forged));
        assertEquals(
                "sendTransaction was refused with code -32003: Transaction signature verification failure",
                refusal.getMessage());
    }

    @Test
    void loses_a_forged_transaction_that_is_sent_blindly() {
        String signature = chain.sendBlindly(Transfer.forged(node, SvmMint.USDC, 7, chain.blockhash()));
        assertEquals(Optional.empty(), chain.status(signature));
    }

    @Test
    void lands_a_failing_transaction_that_is_sent_blindly() {
        node.usdc().setBalance(SvmAccounts.payer().address(), BigInteger.ONE);
        String signature = chain.sendBlindly(transfer());
        assertEquals(
                Map.of("InstructionError", List.of(0, Map.of("Custom", 1))),
                chain.status(signature).orElseThrow().error());
        assertNotEquals(SvmAccounts.FEES, chain.balance(SvmAccounts.feePayer().address()));
    }

    @Test
    void loses_a_transaction_whose_fee_nobody_can_pay() {
        chain.setBalance(SvmAccounts.feePayer().address(), BigInteger.ZERO);
        String signature = chain.sendBlindly(transfer());
        assertEquals(Optional.empty(), chain.status(signature));
        assertEquals(BigInteger.ZERO, node.usdc().balance(PAYEE));
    }

    @Test
    void pays_once_however_often_it_is_sent() {
        String transfer = transfer();
        chain.send(transfer);
        chain.sendBlindly(transfer);
        RpcException refusal = assertThrows(RpcException.class, () -> chain.send(transfer));
        assertEquals("Transaction simulation failed: This transaction has already been processed", refusal.reason());
        assertEquals(SEVEN, node.usdc().balance(PAYEE));
    }

    @Test
    void refuses_what_is_no_transaction() {
        RpcException refusal = assertThrows(RpcException.class, () -> chain.send("AAAA"));
        assertEquals(-32602, refusal.code());
    }

    @Test
    void refuses_a_method_that_it_lacks() {
        RpcException refusal = assertThrows(RpcException.class, () -> chain.call("getNothing"));
        assertEquals("getNothing was refused with code -32601: Method not found", refusal.getMessage());
    }

    // Blockhashes

    @Test
    void keeps_a_blockhash_for_150_slots() {
        String blockhash = chain.blockhash();
        chain.advance(150);
        assertTrue(chain.isBlockhashValid(blockhash));
        chain.send(Transfer.of(node, SvmMint.USDC, 7, blockhash));
        assertEquals(SEVEN, node.usdc().balance(PAYEE));
    }

    @Test
    void forgets_a_blockhash_after_150_slots() {
        String blockhash = chain.blockhash();
        chain.advance(151);
        assertFalse(chain.isBlockhashValid(blockhash));
        String late = Transfer.of(node, SvmMint.USDC, 7, blockhash);
        RpcException refusal = assertThrows(RpcException.class, () -> chain.send(late));
        assertEquals("Transaction simulation failed: Blockhash not found", refusal.reason());
        chain.sendBlindly(late);
        assertEquals(BigInteger.ZERO, node.usdc().balance(PAYEE));
    }

    @Test
    void tells_the_last_height_at_which_a_blockhash_is_valid() {
        Object answer = chain.call("getLatestBlockhash", Map.of("commitment", "processed"));
        Map<?, ?> value = (Map<?, ?>) ((Map<?, ?>) answer).get("value");
        assertEquals(chain.blockHeight() + 150, ((Number) value.get("lastValidBlockHeight")).longValue());
        assertTrue(chain.blockHeight() < chain.slot());
    }

    // Levels

    @Test
    void lets_a_transaction_wait_for_the_next_slot_by_hand() {
        chain.slotsByHand();
        String signature = chain.send(transfer());
        assertEquals(List.of(signature), chain.waiting());
        assertEquals(Optional.empty(), chain.status(signature));
        chain.advance();
        assertEquals(Commitment.PROCESSED, chain.status(signature).orElseThrow().commitment());
    }

    @Test
    void confirms_by_one_slot_more_and_finishes_by_31() {
        chain.slotsByHand();
        String signature = chain.send(transfer());
        chain.advance(2);
        assertEquals(Commitment.CONFIRMED, chain.status(signature).orElseThrow().commitment());
        chain.advance(29);
        assertEquals(Commitment.CONFIRMED, chain.status(signature).orElseThrow().commitment());
        chain.advance();
        assertEquals(Commitment.FINALIZED, chain.status(signature).orElseThrow().commitment());
    }

    @Test
    void raises_a_level_when_told_to() {
        chain.slotsByHand();
        String signature = chain.send(transfer());
        chain.advance();
        chain.confirm();
        assertEquals(Commitment.CONFIRMED, chain.status(signature).orElseThrow().commitment());
        chain.finish();
        assertEquals(Commitment.FINALIZED, chain.status(signature).orElseThrow().commitment());
    }

    @Test
    void shows_at_each_level_what_its_slot_held() {
        chain.slotsByHand();
        chain.send(transfer());
        chain.advance();
        assertEquals(SEVEN, chain.tokenBalance(USDC, PAYEE, Commitment.PROCESSED));
        assertEquals(BigInteger.ZERO, chain.tokenBalance(USDC, PAYEE, Commitment.CONFIRMED));
        chain.advance();
        assertEquals(SEVEN, chain.tokenBalance(USDC, PAYEE, Commitment.CONFIRMED));
        assertEquals(BigInteger.ZERO, chain.tokenBalance(USDC, PAYEE, Commitment.FINALIZED));
    }

    @Test
    void simulates_on_the_slot_of_the_level() {
        chain.slotsByHand();
        String transfer = transfer();
        node.usdc().setBalance(SvmAccounts.payer().address(), SEVEN);
        chain.send(transfer);
        chain.advance();
        String another = Transfer.of(node, SvmMint.USDC, 6, chain.blockhash());
        assertEquals(Map.of("InstructionError", List.of(0, Map.of("Custom", 1))), simulated(another, "processed"));
        assertEquals("BlockhashNotFound", simulated(another, "finalized"));
        assertEquals("AlreadyProcessed", simulated(transfer, "processed"));
        assertEquals(null, simulated(transfer, "finalized"));
        assertEquals(SEVEN, node.usdc().balance(PAYEE));
    }

    private Object simulated(String transaction, String commitment) {
        Map<String, Object> how = Map.of("encoding", "base64", "sigVerify", true, "commitment", commitment);
        Map<?, ?> answer = (Map<?, ?>) chain.call("simulateTransaction", transaction, how);
        return ((Map<?, ?>) answer.get("value")).get("err");
    }

    @Test
    void shows_at_every_level_what_is_written_by_hand() {
        chain.slotsByHand();
        chain.advance(40);
        node.usdc().setBalance(PAYEE, SEVEN);
        assertEquals(SEVEN, chain.tokenBalance(USDC, PAYEE, Commitment.FINALIZED));
    }

    @Test
    void makes_slots_by_the_clock() {
        chain.slotsEvery(Duration.ofMillis(5));
        String signature = chain.send(transfer());
        assertTrue(chain.awaitStatus(signature, Commitment.FINALIZED).succeeded());
    }

    @Test
    void moves_its_clock() {
        long height = chain.blockHeight();
        long before = chain.time().getEpochSecond();
        chain.advance(Duration.ofSeconds(60));
        assertEquals(height + 150, chain.blockHeight());
        long passed = chain.time().getEpochSecond() - before;
        assertTrue(passed >= 60 && passed < 120, "passed " + passed + " s");
    }

    // Forks, lags, lost and late transactions

    @Test
    void loses_by_a_fork_what_was_not_final() {
        chain.slotsByHand();
        String transfer = transfer();
        String signature = chain.send(transfer);
        chain.advance(2);
        String blockhash = chain.blockhash();
        long slot = chain.slot();
        chain.fork(2);
        assertEquals(slot, chain.slot());
        assertEquals(Optional.empty(), chain.status(signature));
        assertFalse(chain.isBlockhashValid(blockhash));
        assertEquals(BigInteger.ZERO, node.usdc().balance(PAYEE));
        assertEquals(SvmAccounts.FEES, chain.balance(SvmAccounts.feePayer().address()));
    }

    @Test
    void lands_again_what_a_fork_undid() {
        chain.slotsByHand();
        String transfer = transfer();
        String signature = chain.send(transfer);
        chain.advance();
        chain.fork(1);
        chain.send(transfer);
        chain.advance();
        assertTrue(chain.status(signature).orElseThrow().succeeded());
        assertEquals(SEVEN, node.usdc().balance(PAYEE));
    }

    @Test
    void refuses_to_fork_what_is_final() {
        chain.send(transfer());
        long slot = chain.slot();
        RpcException refusal = assertThrows(RpcException.class, () -> chain.fork(1));
        assertEquals(
                "slot " + slot + " is finalized and stays; make slots by hand before what shall vanish",
                refusal.reason());
    }

    @Test
    void answers_as_of_earlier_slots_when_it_lags() {
        chain.slotsByHand();
        long slot = chain.slot();
        String signature = chain.send(transfer());
        chain.advance(3);
        chain.lagBehind(3);
        assertEquals(slot, chain.slot());
        assertEquals(Optional.empty(), chain.status(signature));
        assertEquals(BigInteger.ZERO, node.usdc().balance(PAYEE));
        chain.lagBehind(0);
        assertEquals(SEVEN, node.usdc().balance(PAYEE));
    }

    @Test
    void refuses_a_call_that_asks_for_a_slot_to_come() {
        Map<String, Object> asked = Map.of("commitment", "processed", "minContextSlot", chain.slot() + 1);
        RpcException refusal = assertThrows(RpcException.class, () -> chain.call("getBalance", PAYEE, asked));
        assertEquals(-32016, refusal.code());
        assertEquals("{contextSlot=" + chain.slot() + "}", refusal.data());
    }

    @Test
    void lands_held_transactions_late() {
        chain.holdTransactions();
        String signature = chain.send(transfer());
        chain.advance(3);
        assertEquals(Optional.empty(), chain.status(signature));
        chain.releaseTransactions();
        assertTrue(chain.status(signature).orElseThrow().succeeded());
    }

    @Test
    void lands_one_held_transaction_and_drops_another() {
        chain.holdTransactions();
        String first = chain.send(transfer());
        String second = chain.send(Transfer.of(node, SvmMint.USDC, 8, chain.blockhash()));
        assertTrue(chain.land(second));
        assertTrue(chain.drop(first));
        assertFalse(chain.drop(first));
        assertEquals(BigInteger.valueOf(8), node.usdc().balance(PAYEE));
        assertEquals(List.of(), chain.waiting());
    }

    @Test
    void loses_a_held_transaction_when_its_blockhash_expires() {
        chain.holdTransactions();
        String signature = chain.send(transfer());
        chain.advance(151);
        chain.releaseTransactions();
        assertEquals(Optional.empty(), chain.status(signature));
        assertEquals(BigInteger.ZERO, node.usdc().balance(PAYEE));
    }

    // Faults

    @Test
    void does_nothing_when_a_request_is_lost() {
        chain.fail("sendTransaction", SvmFault.LOST_REQUEST, 1);
        String transfer = transfer();
        assertThrows(UncheckedIOException.class, () -> chain.sendBlindly(transfer));
        assertEquals(BigInteger.ZERO, node.usdc().balance(PAYEE));
        chain.sendBlindly(transfer);
        assertEquals(SEVEN, node.usdc().balance(PAYEE));
    }

    @Test
    void does_what_it_was_asked_when_the_answer_is_lost() {
        chain.fail("sendTransaction", SvmFault.LOST_ANSWER, 1);
        String transfer = transfer();
        assertThrows(UncheckedIOException.class, () -> chain.sendBlindly(transfer));
        assertEquals(SEVEN, node.usdc().balance(PAYEE));
    }

    @ParameterizedTest
    @EnumSource(
            value = SvmFault.class,
            names = {"UNAVAILABLE", "GARBAGE"})
    void answers_no_json_when_it_fails_so(SvmFault fault) {
        chain.fail("*", fault, 1);
        assertThrows(IllegalStateException.class, chain::slot);
        assertTrue(chain.slot() > 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = SvmFault.class,
            names = {"TOO_MANY", "BEHIND"})
    void answers_an_error_when_it_fails_so(SvmFault fault) {
        chain.fail("getSlot", fault, 2);
        assertThrows(RpcException.class, chain::slot);
        chain.mend();
        assertTrue(chain.slot() > 0);
    }

    // Going back

    @Test
    void goes_back_to_a_snapshot_twice() {
        SvmSnapshot snapshot = chain.snapshot();
        long slot = chain.slot();
        for (int round = 0; round < 2; round++) {
            chain.slotsByHand();
            chain.send(transfer());
            chain.advance();
            chain.send(Transfer.of(node, SvmMint.USDC, 8, chain.blockhash()));
            chain.revert(snapshot);
            assertEquals(slot, chain.slot());
            assertEquals(List.of(), chain.waiting());
            assertEquals(BigInteger.ZERO, node.usdc().balance(PAYEE));
        }
    }

    @Test
    void refuses_a_snapshot_that_it_does_not_know() {
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> chain.revert(new SvmSnapshot("none")));
        assertEquals(
                "the node does not know snapshot none; going back to an earlier one loses the later ones, and so does a"
                        + " fork behind it",
                refusal.getMessage());
    }

    // Programs and mints

    @Test
    void has_the_programs_that_payments_need() {
        List<String> programs = List.of(
                "11111111111111111111111111111111",
                "ComputeBudget111111111111111111111111111111",
                "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
                "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",
                "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",
                "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo",
                "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr",
                SvmChain.LIGHTHOUSE);
        for (String program : programs) {
            Map<String, Object> sliced = Map.of("encoding", "base64", "dataSlice", Map.of("offset", 0, "length", 0));
            Map<?, ?> answer = (Map<?, ?>) chain.call("getAccountInfo", program, sliced);
            assertEquals(true, ((Map<?, ?>) answer.get("value")).get("executable"), program);
        }
    }

    @ParameterizedTest
    @EnumSource(SvmMint.Program.class)
    void knows_the_token_program_of_each_mint(SvmMint.Program program) {
        for (SvmMint mint : SvmMint.ALL) {
            if (mint.program() == program) {
                Map<?, ?> answer =
                        (Map<?, ?>) chain.call("getAccountInfo", mint.address(), Map.of("encoding", "base64"));
                assertEquals(program.address(), ((Map<?, ?>) answer.get("value")).get("owner"), mint.address());
            }
        }
    }

    @Test
    void keeps_one_percent_of_a_token_with_a_fee() {
        // A transfer that names no fee is taken, and the destination gets less than it says.
        chain.send(Transfer.of(node, SvmMint.WITH_FEE, 1000, chain.blockhash()));
        assertEquals(BigInteger.valueOf(990), node.token(SvmMint.WITH_FEE).balance(PAYEE));
    }

    @Test
    void refuses_payments_in_tokens_that_cannot_move() {
        for (SvmMint mint : List.of(SvmMint.WITH_HOOK, SvmMint.FROZEN_AT_FIRST, SvmMint.NON_TRANSFERABLE)) {
            String transfer = Transfer.of(node, mint, 7, chain.blockhash());
            RpcException refusal = assertThrows(RpcException.class, () -> chain.send(transfer), mint.toString());
            assertEquals(-32002, refusal.code());
        }
    }

    @Test
    void moves_tokens_with_a_delegate_or_a_pause() {
        for (SvmMint mint : List.of(SvmMint.WITH_DELEGATE, SvmMint.PAUSABLE)) {
            chain.send(Transfer.of(node, mint, 7, chain.blockhash()));
            assertEquals(SEVEN, node.token(mint).balance(PAYEE));
        }
    }

    @Test
    void refuses_payments_of_a_frozen_account_until_it_is_thawed() {
        node.usdc().freeze(SvmAccounts.payer().address());
        assertThrows(RpcException.class, () -> chain.send(transfer()));
        node.usdc().thaw(SvmAccounts.payer().address());
        chain.send(transfer());
        assertEquals(SEVEN, node.usdc().balance(PAYEE));
    }

    @Test
    void has_the_token_accounts_that_other_libraries_derive() {
        // By @solana-program/token.
        assertEquals("vZWPfvgzj3jHc88zqWN45z7wds3sWx6udmrbQMYzKnc", node.usdc().account(PAYEE));
        assertEquals(
                "CixsoKRBQUyNpibEf8RDD4QUNRqeNnpXwm5KVw9cCDfc",
                node.dollar2022().account(PAYEE));
    }

    @Test
    void tells_the_history_of_an_account() {
        String signature = chain.send(transfer());
        Object answer = chain.call("getSignaturesForAddress", node.usdc().account(PAYEE), Map.of("limit", 5));
        assertEquals(1, ((List<?>) answer).size());
        assertEquals(signature, ((Map<?, ?>) ((List<?>) answer).get(0)).get("signature"));
    }

    @Test
    void tells_what_a_transaction_moved() {
        String signature = chain.send(transfer());
        Map<?, ?> answer = (Map<?, ?>) chain.call("getTransaction", signature, Map.of("encoding", "jsonParsed"));
        Map<?, ?> meta = (Map<?, ?>) answer.get("meta");
        List<?> after = (List<?>) meta.get("postTokenBalances");
        assertEquals(10_000, meta.get("fee"));
        assertTrue(after.toString().contains("owner=" + PAYEE), after.toString());
        assertTrue(after.toString().contains("amount=7,"), after.toString());
    }
}
