package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.spi.RailUnavailableException;
import dev.x402.testbed.evm.DevAccounts;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the answers of contract wallets, and of a node. */
class WalletsTest {
    private static final Instant BY = Offline.NOW.plusSeconds(5);
    private static final String WALLET =
            Address.find(DevAccounts.WALLET).orElseThrow().toString();
    private static final String MESSAGE = "shop.example wants you to sign in";
    private static final String YES = "0x1626ba7e" + "00".repeat(28);
    private static final String FACTORY = "0x4e59b44847b379578588920cA78FbF26c0B4956C";
    /** By viem's serializeErc6492Signature. */
    private static final String BY_VIEM =
            "0x0000000000000000000000004e59b44847b379578588920ca78fbf26c0b4956c000000000000000000000000000000000000000000000000000000000000006000000000000000000000000000000000000000000000000000000000000000c00000000000000000000000000000000000000000000000000000000000000021ababababababababababababababababababababababababababababababababab0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000412a9c7e27ccac3fa11b864ccc39bd6cd1b9a16fdf7567189bcaea04b5662121cf124a16d83cf9a74c6c758dea01c3a682a6de2e1ae05d5007082c025dda47ff4d1c000000000000000000000000000000000000000000000000000000000000006492649264926492649264926492649264926492649264926492649264926492";

    /** A node that answers every call alike, and keeps the calls. */
    private static final class Echo implements EvmRpc, EvmRpc.Node {
        final List<Call> asked = new ArrayList<>();
        private final Answer answer;

        Echo(Answer answer) {
            this.answer = answer;
        }

        @Override
        public List<Node> nodes(Network network) {
            return network.equals(World.NETWORK) ? List.of(this) : List.of();
        }

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public List<Answer> call(List<Call> calls, Instant by) {
            assertTrue(!by.isAfter(BY));
            return calls.stream()
                    .map(call -> {
                        if (call.method().equals("eth_chainId")) {
                            return new Answer.Result(Json.of("0x14a34"));
                        }
                        asked.add(call);
                        return answer;
                    })
                    .toList();
        }
    }

    private static boolean proves(EvmRpc rpc, Network network, String signature) {
        Accounts accounts = new ExactEvmScheme()
                .accounts(new Offline(Map.of(EvmRpc.class, rpc)))
                .orElseThrow();
        return accounts.proves(network, WALLET, MESSAGE, signature, BY);
    }

    private static boolean proves(EvmRpc rpc, String signature) {
        return proves(rpc, World.NETWORK, signature);
    }

    private static Echo returning(String hex) {
        return new Echo(new EvmRpc.Answer.Result(Json.of(hex)));
    }

    @Test
    void a_wallet_s_yes_is_asked_for_with_all_that_a_signature_needs_and_no_more_gas() {
        Echo node = returning(YES);
        assertTrue(proves(node, "0x1234"));
        Json.Obj request = Json.Obj.EMPTY
                .with("from", "0x0000000000000000000000000000000000000000")
                .with("to", "0xc0de000000000000000000000000000000001271")
                .with(
                        "data",
                        "0x1626ba7e"
                                + HexFormat.of().formatHex(PersonalMessage.digest(MESSAGE))
                                + "0".repeat(62) + "40"
                                + "0".repeat(62) + "02"
                                + "1234" + "0".repeat(60))
                .with("gas", "0x4c4b40");
        assertEquals(List.of(new EvmRpc.Call("eth_call", List.of(request, Json.of("latest")))), node.asked);
    }

    @Test
    void a_yes_may_have_more_behind_its_word() {
        assertTrue(proves(returning(YES + "ff".repeat(32)), "0x1234"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x",
                "0x1626ba7e",
                "0x1626ba7e00000000000000000000000000000000000000000000000000000000",
                "0x0000000000000000000000000000000000000000000000000000000000000001",
                "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0x1626ba7e00000000000000000000000000000000000000000000000000000001",
                "0x000000000000000000000000000000000000000000000000000000001626ba7e",
                "0x20c13b0b00000000000000000000000000000000000000000000000000000000"
            })
    void everything_but_the_selector_in_its_word_is_a_no(String answer) {
        assertEquals(answer.startsWith(YES), proves(returning(answer), "0x1234"), answer);
    }

    @Test
    void a_flood_of_bytes_is_a_no() {
        assertFalse(proves(returning("0x" + "16".repeat(1_600_000)), "0x1234"));
    }

    @Test
    void a_wallet_that_reverts_says_no() {
        assertFalse(proves(new Echo(new EvmRpc.Answer.Refused(3, "execution reverted")), "0x1234"));
        assertFalse(proves(new Echo(new EvmRpc.Answer.Refused(-32000, "out of gas")), "0x1234"));
    }

    @Test
    void a_node_that_refuses_leaves_it_open() {
        Echo node = new Echo(new EvmRpc.Answer.Refused(-32005, "limit exceeded"));
        assertThrows(RailUnavailableException.class, () -> proves(node, "0x1234"));
    }

    @Test
    void a_node_that_is_down_leaves_it_open() {
        FakeNode node = new FakeNode();
        node.down = true;
        assertEquals(
                "fake: down",
                assertThrows(RailUnavailableException.class, () -> proves(node, "0x1234"))
                        .getMessage());
    }

    /** So a caller learns whether a key alone is the answer. */
    @Test
    void a_deadline_that_is_over_leaves_it_open_and_asks_nobody() {
        Echo node = returning(YES);
        Accounts accounts = new ExactEvmScheme()
                .accounts(new Offline(Map.of(EvmRpc.class, node)))
                .orElseThrow();
        for (String signature : List.of("0x1234", BY_VIEM)) {
            assertEquals(
                    "eip155:84532: expected time to ask a node about a contract wallet, saw none left",
                    assertThrows(
                                    RailUnavailableException.class,
                                    () -> accounts.proves(World.NETWORK, WALLET, MESSAGE, signature, Instant.EPOCH))
                            .getMessage());
        }
        assertFalse(accounts.proves(World.NETWORK, WALLET, MESSAGE, "no signature", Instant.EPOCH));
        assertEquals(List.of(), node.asked);
    }

    @Test
    void where_no_node_was_given_no_wallet_is_known() {
        Echo node = returning(YES);
        assertFalse(proves(node, Network.parse("eip155:1"), "0x1234"));
        assertFalse(proves(node, Network.parse("eip155:1"), BY_VIEM));
        assertEquals(List.of(), node.asked);
    }

    @Test
    void a_wrapped_signature_is_read_as_viem_and_web3j_write_it() {
        Counterfactual wrapped = Counterfactual.parse(Hex.parse(BY_VIEM, 4096));
        assertNotNull(wrapped);
        assertEquals(FACTORY, wrapped.factory().toString());
        byte[] call = new byte[33];
        Arrays.fill(call, (byte) 0xab);
        assertEquals(Hex.of(call), Hex.of(wrapped.factoryCall().toArray()));
        assertEquals(BY_VIEM, Wrapped.of(FACTORY, call, wrapped.signature().toArray()));
    }

    @Test
    void a_wrapped_signature_is_asked_for_by_multicall3() {
        Echo node = returning("0x");
        assertFalse(proves(node, BY_VIEM));
        Json.Obj request = (Json.Obj) node.asked.get(0).params().get(0);
        assertEquals(
                "0xca11bde05977b3631167028862be2a173976ca11", request.text("to").orElseThrow());
        assertEquals("0x4c4b40", request.text("gas").orElseThrow());
        assertEquals(1, node.asked.size());
    }

    @Test
    void a_wrapper_without_its_form_is_refused_before_a_node_is_asked() {
        byte[] right = Hex.parse(BY_VIEM, 4096);
        Echo node = returning(YES);
        for (int length = 0; length < 96; length++) {
            byte[] cut = new byte[length + Hex.WORD];
            System.arraycopy(right, 0, cut, 0, length);
            System.arraycopy(right, right.length - Hex.WORD, cut, length, Hex.WORD);
            assertFalse(proves(node, Hex.of(cut)), "cut to " + length);
        }
        for (int at : List.of(0, 11, 32, 60, 64, 92, 96, 124)) {
            byte[] bent = right.clone();
            bent[at] = 0x7f;
            assertNull(Counterfactual.parse(bent), "byte " + at);
            assertFalse(proves(node, Hex.of(bent)), "byte " + at);
        }
        assertEquals(List.of(), node.asked);
    }

    @Test
    void no_bytes_before_the_magic_break_the_reader() {
        Random random = new Random(6492);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(300) + Hex.WORD];
            if (random.nextBoolean()) {
                random.nextBytes(bytes);
            }
            for (int word = 0; word + Hex.WORD <= bytes.length; word += Hex.WORD) {
                if (random.nextBoolean()) {
                    Hex.putWord(bytes, word, BigInteger.valueOf(random.nextInt(400)));
                }
            }
            Counterfactual.parse(bytes);
            WalletAbi.second(bytes);
        }
    }

    @Test
    void what_two_calls_returned_is_read_from_a_real_answer_only() {
        String right = "0x"
                + word(0x20) + word(2) + word(0x40) + word(0xa0)
                + word(0) + word(0x40) + word(0)
                + word(1) + word(0x40) + word(32) + YES.substring(2);
        assertTrue(proves(returning(right), BY_VIEM));
        String failed = right.replace(word(1) + word(0x40) + word(32), word(0) + word(0x40) + word(32));
        assertFalse(proves(returning(failed), BY_VIEM));
        for (int length = 2; length < right.length(); length += 2) {
            assertFalse(proves(returning(right.substring(0, length)), BY_VIEM), "cut to " + length);
        }
        assertFalse(proves(returning(YES), BY_VIEM));
    }

    private static String word(int value) {
        return HexFormat.of().formatHex(Hex.word(BigInteger.valueOf(value)));
    }
}
