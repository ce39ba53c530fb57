package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.p2p.solanaj.core.Account;
import org.sol4k.Keypair;

class LocalSvmSignerTest {
    private static final String SECRET = Keys.secret("payer 1");
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_key_has_the_account_that_others_see() {
        LocalSvmSigner signer = LocalSvmSigner.parse(SECRET);
        assertEquals("C3PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqvneW6Y", signer.address());
        assertEquals(Account.fromBase58PrivateKey(SECRET).getPublicKeyBase58(), signer.address());
    }

    @Test
    void a_signature_is_the_one_that_others_make() {
        assertArrayEquals(
                Keypair.fromSecretKey(Base58Text.parse(SECRET, 64)).sign(MESSAGE),
                LocalSvmSigner.parse(SECRET).sign(MESSAGE));
    }

    @Test
    void a_signature_holds_for_its_message_and_account_alone() {
        byte[] signature = Keys.PAYER.sign(MESSAGE);
        assertTrue(Ed25519.verify(Keys.address(Keys.PAYER), MESSAGE, signature));
        assertFalse(Ed25519.verify(Keys.address(Keys.STRANGER), MESSAGE, signature));
        assertFalse(Ed25519.verify(Keys.address(Keys.PAYER), new byte[1], signature));
        assertFalse(Ed25519.verify(Keys.address(Keys.PAYER), MESSAGE, Arrays.copyOf(signature, 63)));
        assertFalse(Ed25519.verify(Keys.address(Keys.PAYER), MESSAGE, new byte[64]));
    }

    /** Whose secret everybody knows: a signature by such a point says nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_point_of_small_order_signs_nothing(int first) {
        byte[] point = new byte[32];
        point[0] = (byte) first;
        byte[] signature = new byte[64];
        signature[0] = 1;
        assertFalse(Ed25519.verify(SvmAddress.at(point, 0), MESSAGE, signature));
    }

    @Test
    void the_key_is_never_shown() {
        LocalSvmSigner signer = LocalSvmSigner.parse(SECRET);
        assertEquals("local key of C3PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqvneW6Y", signer.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "C3PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqvneW6Y", "[1,2,3]"})
    void what_is_no_key_is_refused_without_being_repeated(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> LocalSvmSigner.parse(text));
        assertEquals(
                "secret key: expected base 58 of 64 bytes, saw " + text.length() + " characters that are not",
                refused.getMessage());
    }

    @Test
    void a_key_with_another_account_is_refused() {
        byte[] pair = Base58Text.parse(SECRET, 64);
        Keys.address(Keys.STRANGER).put(pair, 32);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> LocalSvmSigner.parse(Base58Text.of(pair)));
        assertEquals(
                "secret key: expected 32 bytes and the account that belongs to them, saw another account; check that it"
                        + " was copied whole",
                refused.getMessage());
    }
}
