package dev.x402.testbed.evm;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Keys;

@ExtendWith(EvmNodeExtension.class)
class EvmNodeTest {

    private static final String STRANGER = DevAccounts.STRANGER.address();

    private final EvmNode node;

    EvmNodeTest(EvmNode node) {
        this.node = node;
    }

    @Test
    void has_the_chain_id_of_base_sepolia() {
        assertEquals("0x14a34", node.chain().call("eth_chainId"));
        assertEquals("eip155:84532", node.network());
    }

    @Test
    void starts_with_any_chain_id() {
        try (EvmNode other = EvmNode.start(31_337)) {
            assertEquals("0x7a69", other.chain().call("eth_chainId"));
            assertEquals(
                    DevAccounts.FUNDS,
                    other.dollar().balance(DevAccounts.payer().address()));
        }
    }

    @Test
    void funds_the_accounts() {
        DevAccounts.PAYERS.forEach(
                payer -> assertEquals(DevAccounts.FUNDS, node.dollar().balance(payer.address())));
        assertEquals(DevAccounts.FUNDS, node.dollar().balance(DevAccounts.WALLET));
        DevAccounts.FACILITATORS.forEach(
                signer -> assertEquals(BigInteger.TEN.pow(22), node.chain().balance(signer.address())));
        assertEquals(BigInteger.ZERO, node.dollar().balance(DevAccounts.PAYEE.address()));
    }

    @Test
    void gives_each_account_the_key_of_its_address() {
        assertKey(DevAccounts.PAYEE);
        assertKey(DevAccounts.STRANGER);
        assertKey(DevAccounts.ISSUER);
        DevAccounts.PAYERS.forEach(EvmNodeTest::assertKey);
        DevAccounts.FACILITATORS.forEach(EvmNodeTest::assertKey);
    }

    @Test
    void prints_no_key() {
        assertEquals(
                "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
                DevAccounts.payer().toString());
    }

    @Test
    void answers_nothing_while_paused() {
        node.pause();
        JsonRpc hasty = new JsonRpc(node.uri(), Duration.ofMillis(200));
        UncheckedIOException silence = assertThrows(UncheckedIOException.class, () -> hasty.call("eth_blockNumber"));
        assertEquals("eth_blockNumber at " + node.uri() + " got no answer", silence.getMessage());
    }

    @Test
    void answers_again_when_resumed() {
        long before = node.chain().blockNumber();
        node.pause();
        node.resume();
        assertEquals(before, node.chain().blockNumber());
    }

    @Test
    void refuses_connections_when_killed() {
        node.kill();
        assertFalse(node.isRunning());
        assertThrows(UncheckedIOException.class, () -> node.chain().blockNumber());
    }

    @Test
    void has_its_blocks_again_after_a_restart() {
        EvmReceipt before = node.chain().awaitReceipt(node.dollar().mint(STRANGER, BigInteger.TEN));
        node.chain().advance(Duration.ofHours(1));
        URI address = node.uri();
        long height = node.chain().blockNumber();
        node.kill();
        node.restart();
        assertEquals(address, node.uri());
        assertEquals(height, node.chain().blockNumber());
        assertEquals(before, node.chain().receipt(before.transaction()).orElseThrow());
        assertEquals(BigInteger.TEN, node.dollar().balance(STRANGER));
    }

    @Test
    void takes_transactions_after_a_restart() {
        node.chain().advance(Duration.ofHours(1));
        node.kill();
        node.restart();
        EvmReceipt receipt = node.chain().awaitReceipt(node.dollar().mint(STRANGER, BigInteger.TEN));
        assertTrue(receipt.succeeded());
        assertEquals(BigInteger.TEN, node.dollar().balance(STRANGER));
    }

    @Test
    void keeps_its_clock_through_a_restart() {
        node.chain().advance(Duration.ofHours(1));
        Instant before = node.chain().time();
        node.kill();
        node.restart();
        node.chain().mine();
        long passed = Duration.between(before, node.chain().time()).toSeconds();
        assertTrue(passed >= 0 && passed <= 30, "passed " + passed + " s");
    }

    @Test
    void is_as_new_after_a_reset_of_a_killed_node() {
        long before = node.chain().blockNumber();
        node.chain().mine(3);
        node.kill();
        node.reset();
        assertEquals(before, node.chain().blockNumber());
        assertEquals(
                DevAccounts.FUNDS, node.dollar().balance(DevAccounts.payer().address()));
    }

    @Test
    void is_as_new_after_a_reset_of_a_paused_node() {
        long before = node.chain().blockNumber();
        node.chain().mine(3);
        node.pause();
        node.reset();
        assertEquals(before, node.chain().blockNumber());
    }

    @Test
    void refuses_to_restart_what_was_not_killed() {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, node::restart);
        assertEquals(
                "the node at " + node.uri() + " was not killed; call kill() before restart()", refusal.getMessage());
    }

    @Test
    void is_as_new_after_a_reset() {
        long before = node.chain().blockNumber();
        node.chain().awaitReceipt(node.dollar().mint(STRANGER, BigInteger.TEN));
        node.chain().mineByHand();
        node.reset();
        assertEquals(BigInteger.ZERO, node.dollar().balance(STRANGER));
        assertEquals(before, node.chain().blockNumber());
        node.chain().awaitReceipt(node.dollar().mint(STRANGER, BigInteger.ONE));
    }

    @Test
    void leaves_no_process_when_closed() throws Exception {
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        EvmNode other = EvmNode.start();
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
        assertTrue(EvmChain.at(uri).blockNumber() > 0);
        jvm.destroyForcibly().waitFor();
        assertGone(family);
        assertThrows(UncheckedIOException.class, () -> EvmChain.at(uri).blockNumber());
    }

    @Test
    void leaves_no_process_when_its_jvm_is_killed_while_the_node_is_paused() throws Exception {
        Process jvm = jvmWithNode();
        addressPrintedBy(jvm);
        List<ProcessHandle> family = jvm.descendants().toList();
        ProcessHandle anvil = jvm.children().findFirst().orElseThrow();
        new ProcessBuilder("sh", "-c", "kill -STOP " + anvil.pid()).start().waitFor();
        jvm.destroyForcibly().waitFor();
        assertGone(family);
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
                        EvmNodeMain.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    /** The node and its watcher. */
    private static void assertGone(List<ProcessHandle> family) throws Exception {
        try {
            assertEquals(2, family.size());
            for (ProcessHandle member : family) {
                member.onExit().get(10, TimeUnit.SECONDS);
            }
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static URI addressPrintedBy(Process jvm) throws IOException {
        BufferedReader lines = jvm.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("http://")) {
                return URI.create(line.split(" ")[0]);
            }
        }
        throw new IllegalStateException("the node's main printed no address");
    }

    private static void assertKey(DevAccount account) {
        String address = Credentials.create(account.privateKey()).getAddress();
        assertEquals(Keys.toChecksumAddress(address), account.address());
    }
}
