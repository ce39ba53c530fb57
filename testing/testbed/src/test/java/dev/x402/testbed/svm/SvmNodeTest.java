package dev.x402.testbed.svm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.testbed.JsonRpc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SvmNodeExtension.class)
class SvmNodeTest {

    private static final String STRANGER = SvmAccounts.STRANGER.address();

    private final SvmNode node;

    SvmNodeTest(SvmNode node) {
        this.node = node;
    }

    @Test
    void has_the_genesis_hash_of_devnet() {
        assertEquals(
                "EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG", node.chain().call("getGenesisHash"));
        assertEquals("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1", node.network());
    }

    @Test
    void starts_with_any_genesis_hash() {
        String mainnet = "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d";
        try (SvmNode other = SvmNode.start(mainnet)) {
            assertEquals(mainnet, other.chain().call("getGenesisHash"));
            assertEquals("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", other.network());
        }
    }

    @Test
    void funds_the_accounts() {
        SvmAccounts.FEE_PAYERS.forEach(
                feePayer -> assertEquals(SvmAccounts.FEES, node.chain().balance(feePayer.address())));
        for (SvmMint mint : SvmMint.ALL) {
            SvmAccounts.PAYERS.forEach(
                    payer -> assertEquals(SvmAccounts.FUNDS, node.token(mint).balance(payer.address())));
        }
        assertEquals(BigInteger.ZERO, node.usdc().balance(SvmAccounts.PAYEE.address()));
    }

    @Test
    void gives_each_account_the_key_of_its_address() {
        for (SvmAccount account : SvmAccounts.FEE_PAYERS) {
            assertKey(account);
        }
        SvmAccounts.PAYERS.forEach(SvmNodeTest::assertKey);
        assertKey(SvmAccounts.PAYEE);
        assertKey(SvmAccounts.STRANGER);
        assertKey(SvmAccounts.ISSUER);
    }

    @Test
    void prints_no_key() {
        assertEquals(
                "C3PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqvneW6Y",
                SvmAccounts.payer().toString());
    }

    @Test
    void answers_nothing_while_paused() {
        node.pause();
        JsonRpc hasty = new JsonRpc(node.uri(), Duration.ofMillis(200));
        UncheckedIOException silence = assertThrows(UncheckedIOException.class, () -> hasty.call("getSlot"));
        assertEquals("getSlot at " + node.uri() + " got no answer", silence.getMessage());
    }

    @Test
    void answers_again_when_resumed() {
        long before = node.chain().slot();
        node.pause();
        node.resume();
        assertEquals(before, node.chain().slot());
    }

    @Test
    void refuses_connections_when_killed() {
        node.kill();
        assertFalse(node.isRunning());
        assertThrows(UncheckedIOException.class, () -> node.chain().slot());
    }

    @Test
    void has_its_slots_again_after_a_restart() {
        SvmChain chain = node.chain();
        String signature = chain.send(Transfer.of(node, SvmMint.USDC, 7, chain.blockhash()));
        chain.advance(10);
        URI address = node.uri();
        long slot = chain.slot();
        String blockhash = chain.blockhash();
        SvmStatus before = chain.status(signature).orElseThrow();
        node.kill();
        node.restart();
        assertEquals(address, node.uri());
        assertEquals(slot, chain.slot());
        assertEquals(blockhash, chain.blockhash());
        assertEquals(before, chain.status(signature).orElseThrow());
        assertEquals(BigInteger.valueOf(7), node.usdc().balance(SvmAccounts.PAYEE.address()));
    }

    @Test
    void knows_its_levels_again_after_a_restart() {
        SvmChain chain = node.chain();
        chain.slotsByHand();
        String signature = chain.send(Transfer.of(node, SvmMint.USDC, 7, chain.blockhash()));
        chain.advance();
        node.kill();
        node.restart();
        String payee = SvmAccounts.PAYEE.address();
        assertEquals(Commitment.PROCESSED, chain.status(signature).orElseThrow().commitment());
        assertEquals(BigInteger.ZERO, chain.tokenBalance(SvmMint.USDC.address(), payee, Commitment.CONFIRMED));
        assertEquals(BigInteger.valueOf(7), chain.tokenBalance(SvmMint.USDC.address(), payee));
    }

    @Test
    void takes_transactions_after_a_restart() {
        node.kill();
        node.restart();
        SvmChain chain = node.chain();
        String signature = chain.send(Transfer.of(node, SvmMint.USDC, 7, chain.blockhash()));
        assertTrue(chain.status(signature).orElseThrow().succeeded());
    }

    @Test
    void refuses_to_restart_what_was_not_killed() {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, node::restart);
        assertEquals(
                "the node at " + node.uri() + " was not killed; call kill() before restart()", refusal.getMessage());
    }

    @Test
    void is_as_after_the_start_when_reset() {
        node.chain().setBalance(STRANGER, BigInteger.ONE);
        node.chain().slotsByHand();
        node.reset();
        assertEquals(SvmAccounts.POCKET_MONEY, node.chain().balance(STRANGER));
        String signature = node.chain()
                .send(Transfer.of(node, SvmMint.USDC, 7, node.chain().blockhash()));
        assertEquals(
                Commitment.FINALIZED,
                node.chain().status(signature).orElseThrow().commitment());
    }

    @Test
    void is_as_new_after_a_reset_of_a_killed_node() {
        node.usdc().setBalance(STRANGER, BigInteger.TEN);
        node.kill();
        node.reset();
        assertEquals(BigInteger.ZERO, node.usdc().balance(STRANGER));
        assertEquals(SvmAccounts.FUNDS, node.usdc().balance(SvmAccounts.payer().address()));
    }

    @Test
    void is_as_new_after_a_reset_of_a_paused_node() {
        node.usdc().setBalance(STRANGER, BigInteger.TEN);
        node.pause();
        node.reset();
        assertEquals(BigInteger.ZERO, node.usdc().balance(STRANGER));
    }

    @Test
    void leaves_no_process_when_closed() throws Exception {
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        SvmNode other = SvmNode.start();
        List<ProcessHandle> family =
                new ArrayList<>(ProcessHandle.current().descendants().toList());
        family.removeAll(before);
        other.close();
        assertGone(family);
    }

    @Test
    void leaves_no_process_when_its_jvm_is_killed() throws Exception {
        Process jvm = jvmWithNode();
        URI uri = addressPrintedBy(jvm);
        List<ProcessHandle> family = jvm.descendants().toList();
        assertTrue(SvmChain.at(uri).slot() > 0);
        jvm.destroyForcibly().waitFor();
        assertGone(family);
        assertThrows(UncheckedIOException.class, () -> SvmChain.at(uri).slot());
    }

    @Test
    void leaves_no_process_when_main_ends() throws Exception {
        Process jvm = jvmWithNode();
        addressPrintedBy(jvm);
        List<ProcessHandle> family = jvm.descendants().toList();
        jvm.getOutputStream().close();
        assertEquals(0, jvm.waitFor());
        assertGone(family);
    }

    private static Process jvmWithNode() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SvmNodeMain.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    /** The node and its watcher. */
    private static void assertGone(List<ProcessHandle> family) throws Exception {
        try {
            assertEquals(2, family.size());
            for (ProcessHandle member : family) {
                member.onExit().get(20, TimeUnit.SECONDS);
            }
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static URI addressPrintedBy(Process jvm) throws IOException {
        BufferedReader lines = jvm.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("http://")) {
                return URI.create(line.split(" ", -1)[0]);
            }
        }
        throw new IllegalStateException("the node's main printed no address");
    }

    private static void assertKey(SvmAccount account) {
        byte[] secret = Transfer.key(account.secretKey());
        byte[] address = Transfer.key(account.address());
        assertArrayEquals(address, Arrays.copyOfRange(secret, 32, 64));
    }
}
