package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmChain;
import dev.x402.testbed.evm.EvmNodeExtension;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract wallets on a real node, there and not there yet. */
class WalletsOnChainTest {
    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    private static final String WALLET =
            Address.find(DevAccounts.WALLET).orElseThrow().toString();
    private static final String MESSAGE = "shop.example wants you to sign in with your Ethereum account";
    private static final String OWNER = DevAccounts.payer().address();
    private static final LocalEvmSigner KEY = World.key(DevAccounts.payer());
    private static final LocalEvmSigner OTHER = World.key(DevAccounts.PAYERS.get(1));
    /** Puts what comes after 32 bytes of salt at an address that both determine; on nearly every chain. */
    private static final String FACTORY = "0x4e59b44847b379578588920cA78FbF26c0B4956C";

    private static final String FACTORY_CODE =
            "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3";

    final EvmChain chain = NODE.node().chain();
    final Plugins plugins = Plugins.builder()
            .discover()
            .port(
                    EvmRpc.class,
                    HttpEvmRpc.builder(Clock.systemUTC())
                            .node(World.NETWORK, NODE.node().uri())
                            .build())
            .clock(Clock.systemUTC())
            .random(new SecureRandom())
            .build();
    final Accounts accounts = plugins.accounts(World.NETWORK).orElseThrow();

    @AfterEach
    void close() {
        plugins.close();
    }

    private boolean proves(String account, String message, String signature) {
        return accounts.proves(
                World.NETWORK, account, message, signature, Instant.now().plusSeconds(60));
    }

    private static byte[] signed(EvmSigner key, String message) {
        return key.sign(PersonalMessage.digest(message));
    }

    /** Creates a wallet like the testbed's, with this owner. */
    private byte[] creation(String owner) {
        String code = String.valueOf(chain.call("eth_getCode", DevAccounts.WALLET, "latest"))
                .substring(2);
        String length = HexFormat.of().toHexDigits((short) (code.length() / 2));
        String init = "73" + owner.substring(2) + "5f55" + "61" + length + "8060215f395ff3" + code;
        return HexFormat.of().parseHex("00".repeat(32) + init);
    }

    /** Where the factory puts it. */
    private String address(byte[] creation) {
        byte[] init = Arrays.copyOfRange(creation, 32, creation.length);
        byte[] hash = Keccak.hash(
                new byte[] {(byte) 0xff},
                HexFormat.of().parseHex(FACTORY.substring(2)),
                new byte[32],
                Keccak.hash(init));
        return Address.ofWord(hash).toString();
    }

    private void factory() {
        chain.setCode(FACTORY, FACTORY_CODE);
    }

    @Test
    void a_wallet_s_owner_proves_the_wallet() {
        assertTrue(proves(WALLET, MESSAGE, Hex.of(signed(KEY, MESSAGE))));
    }

    @Test
    void nobody_else_proves_the_wallet() {
        assertFalse(proves(WALLET, MESSAGE, Hex.of(signed(OTHER, MESSAGE))));
        assertFalse(proves(WALLET, MESSAGE + "!", Hex.of(signed(KEY, MESSAGE))));
        assertFalse(proves(WALLET, MESSAGE, "0x1234"));
    }

    @Test
    void who_is_no_contract_is_proven_by_its_key_alone() {
        assertTrue(proves(OWNER, MESSAGE, Hex.of(signed(KEY, MESSAGE))));
        assertFalse(proves(OWNER, MESSAGE, Hex.of(signed(OTHER, MESSAGE))));
    }

    @Test
    void a_wallet_is_proven_before_it_is_there_and_stays_away() {
        factory();
        byte[] creation = creation(OWNER);
        String wallet = address(creation);
        String signature = Wrapped.of(FACTORY, creation, signed(KEY, MESSAGE));
        assertTrue(proves(wallet, MESSAGE, signature));
        assertEquals("0x", chain.call("eth_getCode", wallet, "latest"));
    }

    @Test
    void a_wallet_that_is_not_there_is_not_proven_by_others_or_for_other_texts() {
        factory();
        byte[] creation = creation(OWNER);
        String wallet = address(creation);
        assertFalse(proves(wallet, MESSAGE, Wrapped.of(FACTORY, creation, signed(OTHER, MESSAGE))));
        assertFalse(proves(wallet, MESSAGE + "!", Wrapped.of(FACTORY, creation, signed(KEY, MESSAGE))));
        assertFalse(proves(wallet, MESSAGE, Hex.of(signed(KEY, MESSAGE))));
    }

    @Test
    void the_creation_of_one_s_own_wallet_proves_no_other() {
        factory();
        byte[] own = creation(DevAccounts.PAYERS.get(1).address());
        String signature = Wrapped.of(FACTORY, own, signed(OTHER, MESSAGE));
        assertTrue(proves(address(own), MESSAGE, signature));
        assertFalse(proves(address(creation(OWNER)), MESSAGE, signature));
        assertFalse(proves(WALLET, MESSAGE, signature));
        assertFalse(proves(OWNER, MESSAGE, signature));
    }

    @Test
    void a_wrapped_signature_holds_after_the_wallet_came() {
        factory();
        byte[] creation = creation(OWNER);
        String wallet = address(creation);
        chain.awaitReceipt(chain.sendUnsigned(OWNER, FACTORY, Hex.of(creation)));
        assertTrue(proves(wallet, MESSAGE, Wrapped.of(FACTORY, creation, signed(KEY, MESSAGE))));
        assertTrue(proves(wallet, MESSAGE, Hex.of(signed(KEY, MESSAGE))));
    }

    @Test
    void a_wrapped_signature_of_a_key_is_a_key_s() {
        assertTrue(proves(OWNER, MESSAGE, Wrapped.of(FACTORY, new byte[0], signed(KEY, MESSAGE))));
    }

    @Test
    void where_multicall3_is_not_a_wallet_is_unknown_until_it_is_there() {
        factory();
        chain.setCode(EvmChain.MULTICALL3, "0x");
        byte[] creation = creation(OWNER);
        assertFalse(proves(address(creation), MESSAGE, Wrapped.of(FACTORY, creation, signed(KEY, MESSAGE))));
    }

    @Test
    void a_contract_that_never_ends_or_floods_says_no() {
        String endless = "0x1000000000000000000000000000000000000001";
        chain.setCode(endless, "0x5b5f56");
        assertFalse(proves(endless, MESSAGE, "0x1234"));
        String flood = "0x1000000000000000000000000000000000000002";
        chain.setCode(flood, "0x621800005ff3");
        assertFalse(proves(flood, MESSAGE, "0x1234"));
        String yes = "0x1000000000000000000000000000000000000003";
        chain.setCode(yes, "0x631626ba7e60e01b5f5260205ff3");
        assertTrue(proves(yes, MESSAGE, "0x1234"));
    }
}
