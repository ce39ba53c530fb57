package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.testbed.evm.DevAccounts;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalEvmSignerTest {
    @Test
    void a_key_has_the_account_that_the_world_knows() {
        assertEquals(
                DevAccounts.payer().address(), World.key(DevAccounts.payer()).address());
    }

    @Test
    void a_key_is_never_printed() {
        assertEquals(
                "local key of 0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
                World.key(DevAccounts.payer()).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x0000000000000000000000000000000000000000000000000000000000000000",
                "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
                "0xzz00000000000000000000000000000000000000000000000000000000000001"
            })
    void what_is_no_key_is_refused_without_repeating_it(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> LocalEvmSigner.parse(text));
        assertEquals(
                "private key: expected 32 bytes in hexadecimal, a number from 1 to the order of secp256k1, saw 66"
                        + " characters that are not",
                refused.getMessage());
    }

    @Test
    void both_libraries_have_the_same_account_and_sign_alike() {
        Random random = new Random(20_261_124);
        for (int i = 0; i < 200; i++) {
            byte[] digest = new byte[Hex.WORD];
            random.nextBytes(digest);
            BigInteger secret = new BigInteger(250, random).add(BigInteger.ONE);
            Ecdsa inJava = new Web3jEcdsa(secret);
            Ecdsa natively = new NativeEcdsa(secret);
            assertEquals(inJava.account(), natively.account(), "case " + i);
            assertEquals(inJava.sign(digest), natively.sign(digest), "case " + i);
        }
    }

    @Test
    void the_native_library_signs_where_it_is() {
        assertInstanceOf(NativeEcdsa.class, Ecdsa.fastest(BigInteger.TEN));
    }

    @Test
    void a_signer_that_signs_with_another_key_is_found_out() {
        EvmSigner wrong = new EvmSigner() {
            @Override
            public String address() {
                return DevAccounts.payer().address();
            }

            @Override
            public byte[] sign(byte[] digest) {
                return World.key(DevAccounts.STRANGER).sign(digest);
            }
        };
        IllegalStateException found =
                assertThrows(IllegalStateException.class, () -> Digests.sign(wrong, new byte[32], Recovery.fastest()));
        assertEquals(
                "signer 0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65: expected 65 bytes r, s, v that recover to its"
                        + " address, saw a signature of something else; check which key the signer uses",
                found.getMessage());
    }
}
