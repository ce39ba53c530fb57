package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.spi.plugins.Plugins;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SvmAccountsTest {
    private static final Network NETWORK = Offline.NETWORK;
    /** Of 32 bytes of seven. */
    private static final LocalSvmSigner KEY = LocalSvmSigner.parse(
            "99eUso3aSbE9tqGSTXzo3TLfKb9RkMTURrHKQ1K7Zh3StnzFNUx8FKCPPPPpR479qsw5zv2WNBKmgiz7WqgAJfM");

    private static final String ACCOUNT = "GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB";
    private static final String MESSAGE = """
            api.example.com wants you to sign in with your Solana account:
            GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB

            Sign in to access premium data

            URI: https://api.example.com/premium-data
            Version: 1
            Chain ID: 5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp
            Nonce: a1b2c3d4e5f67890a1b2c3d4e5f67890
            Issued At: 2024-01-15T10:30:00.000Z
            Expiration Time: 2024-01-15T10:35:00.000Z
            Resources:
            - https://api.example.com/premium-data""";
    private static final String BY_TWEETNACL =
            "4GqvsUKE9sdQxHvGm4G7D2ArBcVuZe8dSV25W864dnSJkoTnkREdL6AZBR5aixjNoVRZt1PbmajZvLpahHtyRNud";
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    final Accounts accounts = accounts(Optional.of(KEY));

    private static Accounts accounts(Optional<SvmSigner> signer) {
        Plugins.Builder plugins = Plugins.builder()
                .discover()
                .clock(Clock.fixed(Offline.NOW, ZoneOffset.UTC))
                .random(new SecureRandom());
        signer.ifPresent(key -> plugins.port(SvmSigner.class, key));
        return plugins.build().accounts(NETWORK).orElseThrow();
    }

    private boolean proves(String account, String message, String signature) {
        return accounts.proves(NETWORK, account, message, signature, Offline.NOW);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void they_are_called_as_caip_122_calls_them() {
        assertEquals("Solana", accounts.family());
        assertEquals("ed25519", accounts.type());
    }

    @Test
    void a_sign_in_is_signed_as_tweetnacl_signs_it() {
        assertEquals(BY_TWEETNACL, accounts.sign(NETWORK, MESSAGE));
        assertTrue(proves(ACCOUNT, MESSAGE, BY_TWEETNACL));
    }

    /** RFC 8032, section 7.1, tests 1 and 2. */
    @Test
    void the_vectors_of_the_standard_prove() {
        assertTrue(
                proves(
                        Base58Text.of(bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")),
                        "",
                        Base58Text.of(
                                bytes(
                                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"))));
        assertTrue(
                proves(
                        Base58Text.of(bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")),
                        "r",
                        Base58Text.of(
                                bytes(
                                        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))));
    }

    @Test
    void a_bit_more_or_less_proves_nothing() {
        byte[] right = Base58Text.parse(BY_TWEETNACL, 64);
        for (int bit = 0; bit < 8 * right.length; bit++) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(proves(ACCOUNT, MESSAGE, Base58Text.of(wrong)), "bit " + bit);
        }
    }

    @Test
    void another_text_or_account_proves_nothing() {
        assertFalse(proves(ACCOUNT, MESSAGE + " ", BY_TWEETNACL));
        assertFalse(proves(ACCOUNT, MESSAGE.replace('\n', '\r'), BY_TWEETNACL));
        assertFalse(proves(Keys.PAYER.address(), MESSAGE, BY_TWEETNACL));
    }

    @Test
    void the_same_signature_with_a_larger_s_proves_nothing() {
        byte[] larger = Base58Text.parse(BY_TWEETNACL, 64);
        BigInteger s = BigInteger.ZERO;
        for (int i = 63; i >= 32; i--) {
            s = s.shiftLeft(8).add(BigInteger.valueOf(larger[i] & 0xff));
        }
        BigInteger more = s.add(ORDER);
        for (int i = 32; i < 64; i++) {
            larger[i] = more.shiftRight(8 * (i - 32)).byteValue();
        }
        assertFalse(proves(ACCOUNT, MESSAGE, Base58Text.of(larger)));
    }

    /** Of these a signature of zeros, with one of them as R, would hold for many texts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
            })
    void an_account_of_small_order_or_odd_spelling_proves_nothing(String key) {
        for (String point : List.of(
                key,
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")) {
            String zeros = Base58Text.of(bytes(point + "00".repeat(32)));
            for (int i = 0; i < 32; i++) {
                assertFalse(proves(Base58Text.of(bytes(key)), "text " + i, zeros), point);
            }
        }
    }

    @Test
    void what_has_no_form_proves_nothing() {
        for (String signature : List.of(
                "",
                "0x",
                BY_TWEETNACL + "1",
                BY_TWEETNACL.substring(1),
                " " + BY_TWEETNACL,
                BY_TWEETNACL.replace('R', '0'),
                "1".repeat(64),
                "z".repeat(88),
                "1".repeat(100_000))) {
            assertFalse(proves(ACCOUNT, MESSAGE, signature), signature);
        }
        for (String account : List.of("", "1", ACCOUNT + "1", "0" + ACCOUNT.substring(1), "solana:" + ACCOUNT)) {
            assertFalse(proves(account, MESSAGE, BY_TWEETNACL), account);
        }
        assertFalse(proves(ACCOUNT, "\ud800", accounts.sign(NETWORK, "?")));
    }

    @Test
    void a_proof_holds_on_every_cluster_and_nowhere_else() {
        Network mainnet = Network.parse("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");
        assertTrue(accounts.proves(mainnet, ACCOUNT, MESSAGE, BY_TWEETNACL, Offline.NOW));
        for (String other : List.of("eip155:1", "solana:mainnet", "solana:0eykt4UsFv8P8NJdTREpY1vzqKqZKvdp")) {
            assertFalse(accounts.proves(Network.parse(other), ACCOUNT, MESSAGE, BY_TWEETNACL, Offline.NOW), other);
        }
    }

    @Test
    void a_key_has_one_account_on_all_clusters_and_none_elsewhere() {
        assertEquals(Optional.of(ACCOUNT), accounts.own(NETWORK));
        assertEquals(Optional.empty(), accounts.own(Network.parse("eip155:1")));
    }

    @Test
    void without_a_key_nobody_signs() {
        Accounts none = accounts(Optional.empty());
        assertEquals(Optional.empty(), none.own(NETWORK));
        assertEquals(
                "SvmSigner: expected a key for " + NETWORK + ", saw none; give it as a port",
                assertThrows(IllegalStateException.class, () -> none.sign(NETWORK, MESSAGE))
                        .getMessage());
        assertTrue(none.proves(NETWORK, ACCOUNT, MESSAGE, BY_TWEETNACL, Offline.NOW));
    }

    /** The first byte of a transaction's message is a number of signers, or a version of 128 and more. */
    @Test
    void nothing_is_signed_that_a_cluster_could_take_for_a_transaction() {
        for (Vectors.Transaction vector : Vectors.transactions()) {
            byte[] message = ExactPayload.decode(vector.transaction()).message().bytes();
            int first = message[0] & 0xff;
            assertTrue(first < ' ' || first >= 0x80, vector.toString());
            assertFalse(isUnicode(message) && first >= ' ', vector.toString());
        }
        for (String text : List.of("", "\u0000", "\u0001\u0000", "\n", "\u001f wants", "a\ud83d")) {
            assertEquals(
                    "message: expected Unicode that begins with a printable character, saw what could be a transaction",
                    assertThrows(IllegalArgumentException.class, () -> accounts.sign(NETWORK, text))
                            .getMessage());
        }
    }

    private static boolean isUnicode(byte[] message) {
        return Arrays.equals(message, new String(message, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_any_key_signs_is_proven() {
        Random random = new Random(122);
        for (int i = 0; i < 60; i++) {
            byte[] seed = new byte[32];
            random.nextBytes(seed);
            byte[] pair = new byte[64];
            System.arraycopy(seed, 0, pair, 0, 32);
            Ed25519.account(seed).put(pair, 32);
            LocalSvmSigner key = LocalSvmSigner.parse(Base58Text.of(pair));
            String text = new BigInteger(400, random).toString(36);
            String signature = accounts(Optional.of(key)).sign(NETWORK, text);
            assertTrue(proves(key.address(), text, signature), "seed 122, text " + i);
            assertFalse(proves(key.address(), text + "x", signature), "seed 122, text " + i);
        }
    }

    @Test
    void a_signer_with_another_key_is_found_out() {
        SvmSigner confused = new SvmSigner() {
            @Override
            public String address() {
                return Keys.PAYER.address();
            }

            @Override
            public byte[] sign(byte[] message) {
                return KEY.sign(message);
            }
        };
        assertEquals(
                "signer " + Keys.PAYER.address() + ": expected 64 bytes of Ed25519 by its key, saw something else;"
                        + " check which key the signer uses",
                assertThrows(
                                IllegalStateException.class,
                                () -> accounts(Optional.of(confused)).sign(NETWORK, MESSAGE))
                        .getMessage());
    }
}
