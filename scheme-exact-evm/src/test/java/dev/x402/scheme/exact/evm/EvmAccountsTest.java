package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.testbed.evm.DevAccounts;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Sign;

/** Accounts with a key of their own: no node is asked. */
class EvmAccountsTest {
    private static final Instant BY = Offline.NOW.plusSeconds(5);
    private static final Network NETWORK = World.NETWORK;
    /** Public as the key of anvil's second account. */
    private static final LocalEvmSigner VIEM =
            LocalEvmSigner.parse("0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");

    private static final String VIEM_ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    private static final String MESSAGE = """
            api.example.com wants you to sign in with your Ethereum account:
            0x70997970C51812dc3A010C7d01b50e0d17dc79C8

            Sign in to access premium data

            URI: https://api.example.com/premium-data
            Version: 1
            Chain ID: 8453
            Nonce: a1b2c3d4e5f67890a1b2c3d4e5f67890
            Issued At: 2024-01-15T10:30:00.000Z
            Expiration Time: 2024-01-15T10:35:00.000Z
            Resources:
            - https://api.example.com/premium-data""";
    private static final String BY_VIEM =
            "0x2a9c7e27ccac3fa11b864ccc39bd6cd1b9a16fdf7567189bcaea04b5662121cf124a16d83cf9a74c6c758dea01c3a682a6de2e1ae05d5007082c025dda47ff4d1c";

    final Accounts accounts = accounts(Map.of(EvmSigner.class, VIEM));

    private static Accounts accounts(Map<Class<?>, Object> ports) {
        return new ExactEvmScheme().accounts(new Offline(ports)).orElseThrow();
    }

    private boolean proves(String account, String message, String signature) {
        return accounts.proves(NETWORK, account, message, signature, BY);
    }

    @Test
    void they_are_called_as_caip_122_calls_them() {
        assertEquals("Ethereum", accounts.family());
        assertEquals("eip191", accounts.type());
    }

    @Test
    void a_sign_in_is_signed_as_viem_signs_it() {
        assertEquals(BY_VIEM, accounts.sign(Network.parse("eip155:8453"), MESSAGE));
        assertTrue(proves(VIEM_ACCOUNT, MESSAGE, BY_VIEM));
    }

    @ParameterizedTest
    @CsvSource({
        "hello world,"
                + " 0x02de21de49d98cf93ef790a262702dcc711b3f2ce0a971e3b50caea43cfc07cb34eabfd4d39eff886015fb2c42ec4265aeaf5ee34a78c75309fdc1165cb659521c",
        "'',"
                + " 0xc18322a726b4f865da04323fe77b713df8286e67ae6f50fe10aa54519fddaa236c14dadd6b82cedfd527bf3c20dac250a004e3a614095f85c106068f46b3ad431c",
        "über 😀 ✓,"
                + " 0x688c745f9963cb0ed8c6615cb7b3f7afac7ed7cf711393b5af2575afe14c1d044a065ebc028ee82ef6f1653cee54d48fa6010aee23370ee0dcc36b3c548aae411c"
    })
    void other_texts_are_signed_as_viem_signs_them(String text, String signature) {
        assertEquals(signature, accounts.sign(NETWORK, text));
        assertTrue(proves(VIEM_ACCOUNT, text, signature));
    }

    @Test
    void any_text_has_the_digest_that_web3j_gives_it() {
        Random random = new Random(191);
        for (int i = 0; i < 500; i++) {
            byte[] ascii = new byte[random.nextInt(300)];
            for (int j = 0; j < ascii.length; j++) {
                ascii[j] = (byte) random.nextInt(128);
            }
            assertArrayEquals(
                    Sign.getEthereumMessageHash(ascii),
                    PersonalMessage.digest(new String(ascii, StandardCharsets.US_ASCII)),
                    "seed 191, text " + i);
        }
    }

    @Test
    void a_bit_more_or_less_proves_nothing() {
        byte[] right = Hex.parse(BY_VIEM, Signature.SIZE);
        for (int bit = 0; bit < 8 * right.length; bit++) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(proves(VIEM_ACCOUNT, MESSAGE, Hex.of(wrong)), "bit " + bit);
        }
    }

    @Test
    void another_text_proves_nothing() {
        assertFalse(proves(VIEM_ACCOUNT, MESSAGE + " ", BY_VIEM));
        assertFalse(proves(VIEM_ACCOUNT, MESSAGE.replace('\n', '\r'), BY_VIEM));
        assertFalse(proves(VIEM_ACCOUNT, MESSAGE.replace("8453", "8454"), BY_VIEM));
    }

    @Test
    void another_account_proves_nothing() {
        assertFalse(proves(DevAccounts.payer().address(), MESSAGE, BY_VIEM));
        assertFalse(proves("0x0000000000000000000000000000000000000000", MESSAGE, BY_VIEM));
    }

    @Test
    void an_account_has_one_spelling() {
        for (String other : List.of(
                VIEM_ACCOUNT.toLowerCase(Locale.ROOT),
                "0x" + VIEM_ACCOUNT.substring(2).toUpperCase(Locale.ROOT),
                VIEM_ACCOUNT.substring(2),
                VIEM_ACCOUNT + " ",
                "eip155:1:" + VIEM_ACCOUNT)) {
            assertFalse(proves(other, MESSAGE, BY_VIEM), other);
        }
    }

    @Test
    void a_signature_may_be_in_large_digits() {
        assertTrue(proves(VIEM_ACCOUNT, MESSAGE, "0x" + BY_VIEM.substring(2).toUpperCase(Locale.ROOT)));
    }

    @Test
    void the_same_signature_in_other_numbers_proves_nothing() {
        byte[] right = Hex.parse(BY_VIEM, Signature.SIZE);
        Signature signature = Signature.parse(right);
        byte[] high = right.clone();
        Hex.putWord(high, Hex.WORD, Signature.ORDER.subtract(signature.s()));
        high[64] = (byte) (55 - right[64]);
        byte[] zero = right.clone();
        zero[64] -= 27;
        byte[] compact = Arrays.copyOf(right, 64);
        compact[32] |= (byte) (signature.parity() << 7);
        assertEquals(signature, Signature.parse(compact));
        for (byte[] other : List.of(high, zero, compact)) {
            assertFalse(proves(VIEM_ACCOUNT, MESSAGE, Hex.of(other)), Hex.of(other));
        }
    }

    @Test
    void a_key_s_proof_holds_on_every_chain_and_nowhere_else() {
        assertTrue(accounts.proves(Network.parse("eip155:1"), VIEM_ACCOUNT, MESSAGE, BY_VIEM, BY));
        for (String other : List.of("eip155:01", "eip155:0", "eip155:x", "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1")) {
            assertFalse(accounts.proves(Network.parse(other), VIEM_ACCOUNT, MESSAGE, BY_VIEM, BY), other);
        }
    }

    @Test
    void what_has_no_form_is_refused_before_a_node_is_asked() {
        FakeNode node = new FakeNode();
        Accounts asking = accounts(Map.of(EvmRpc.class, node));
        String long1 = "0x" + "11".repeat(8 * 1024 + 1);
        for (String signature : List.of(
                "", "0x", "0x1", "0X" + BY_VIEM.substring(2), BY_VIEM + "\n", " " + BY_VIEM, "0xgg", "é", long1)) {
            assertFalse(asking.proves(NETWORK, VIEM_ACCOUNT, MESSAGE, signature, BY), signature);
        }
        for (String account : List.of("", "0x", VIEM_ACCOUNT + "00", "0x" + "0".repeat(40), "é".repeat(42))) {
            assertFalse(asking.proves(NETWORK, account, MESSAGE, BY_VIEM, BY), account);
        }
        assertFalse(asking.proves(NETWORK, VIEM_ACCOUNT, "\ud800", BY_VIEM, BY));
        assertEquals(List.of(), node.asked);
    }

    @Test
    void a_key_s_signature_needs_no_node() {
        FakeNode node = new FakeNode();
        assertTrue(accounts(Map.of(EvmRpc.class, node)).proves(NETWORK, VIEM_ACCOUNT, MESSAGE, BY_VIEM, Instant.EPOCH));
        assertEquals(List.of(), node.asked);
    }

    @Test
    void without_a_key_nobody_signs() {
        Accounts none = accounts(Map.of());
        assertEquals(Optional.empty(), none.own(NETWORK));
        assertEquals(
                "EvmSigner: expected a key for eip155:84532, saw none; give it as a port",
                assertThrows(IllegalStateException.class, () -> none.sign(NETWORK, MESSAGE))
                        .getMessage());
        assertTrue(none.proves(NETWORK, VIEM_ACCOUNT, MESSAGE, BY_VIEM, BY));
    }

    @Test
    void a_key_has_one_account_on_all_chains_and_none_elsewhere() {
        assertEquals(Optional.of(VIEM_ACCOUNT), accounts.own(Network.parse("eip155:1")));
        assertEquals(Optional.empty(), accounts.own(Network.parse("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1")));
    }

    @Test
    void half_a_character_is_not_signed() {
        assertEquals(
                "message: expected Unicode, saw half of a surrogate pair",
                assertThrows(IllegalArgumentException.class, () -> accounts.sign(NETWORK, "a\ud83d"))
                        .getMessage());
        assertFalse(proves(VIEM_ACCOUNT, "?", accounts.sign(NETWORK, "a?")));
        assertFalse(proves(VIEM_ACCOUNT, "a\ud83d", accounts.sign(NETWORK, "a?")));
    }

    @Test
    void a_signer_with_another_key_is_found_out() {
        EvmSigner confused = new EvmSigner() {
            @Override
            public String address() {
                return DevAccounts.payer().address();
            }

            @Override
            public byte[] sign(byte[] digest) {
                return VIEM.sign(digest);
            }
        };
        assertThrows(
                IllegalStateException.class,
                () -> accounts(Map.of(EvmSigner.class, confused)).sign(NETWORK, MESSAGE));
    }

    @Test
    void what_any_key_signs_is_proven_in_any_implementation_of_recovery() {
        Random random = new Random(4361);
        for (int i = 0; i < 60; i++) {
            LocalEvmSigner key = LocalEvmSigner.parse(
                    HexFormat.of().formatHex(Hex.word(new BigInteger(250, random).add(BigInteger.ONE))));
            Accounts own = accounts(Map.of(EvmSigner.class, key));
            String text = new BigInteger(400, random).toString(36);
            String signature = own.sign(NETWORK, text);
            assertTrue(proves(key.address(), text, signature), "seed 4361, text " + i);
            assertEquals(
                    key.address(),
                    String.valueOf(new BouncyCastleRecovery()
                            .recover(PersonalMessage.digest(text), Signature.parse(Hex.parse(signature, 65)))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"address", "0x12"})
    void a_signer_without_an_address_is_refused(String address) {
        EvmSigner signer = new EvmSigner() {
            @Override
            public String address() {
                return address;
            }

            @Override
            public byte[] sign(byte[] digest) {
                return digest;
            }
        };
        assertEquals(
                "EvmSigner.address: expected 0x and 40 hexadecimal digits",
                assertThrows(IllegalArgumentException.class, () -> accounts(Map.of(EvmSigner.class, signer)))
                        .getMessage());
    }
}
