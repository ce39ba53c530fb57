package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final int CASES = 2_000;

    private final Recovery slow = new BouncyCastleRecovery();
    private final Recovery quick = new NativeRecovery();

    @Test
    void the_native_library_is_used_when_it_is_there() {
        assertInstanceOf(NativeRecovery.class, Recovery.fastest());
    }

    @Test
    void both_find_the_signer_of_hundreds_of_digests() {
        Random random = new Random(20_261_123);
        for (int i = 0; i < CASES / 80; i++) {
            LocalEvmSigner signer = key(random);
            for (int j = 0; j < 8; j++) {
                byte[] digest = bytes(random, 32);
                Signature signature = Signature.parse(signer.sign(digest));
                assertEquals(signer.address(), String.valueOf(slow.recover(digest, signature)));
                assertEquals(signer.address(), String.valueOf(quick.recover(digest, signature)));
            }
        }
    }

    @Test
    void both_answer_the_same_to_thousands_of_hostile_signatures() {
        Random random = new Random(7);
        int none = 0;
        for (int i = 0; i < CASES; i++) {
            Signature signature = hostile(random);
            byte[] digest = switch (random.nextInt(8)) {
                case 0 -> new byte[32];
                case 1 -> Hex.word(Signature.ORDER);
                case 2 -> Hex.word(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
                default -> bytes(random, 32);
            };
            Address expected = slow.recover(digest, signature);
            assertEquals(expected, quick.recover(digest, signature), "case " + i);
            none += expected == null ? 1 : 0;
        }
        assertTrue(none > CASES / 10, "expected many without a signer, saw " + none);
    }

    @Test
    void a_signature_whose_key_would_be_infinity_has_no_signer() {
        // s·R = e·G for R = G and s = e
        BigInteger gx = new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16);
        Signature signature = new Signature(gx, BigInteger.valueOf(5), 0);
        byte[] digest = Hex.word(BigInteger.valueOf(5));
        assertNull(slow.recover(digest, signature));
        assertNull(quick.recover(digest, signature));
    }

    private static Signature hostile(Random random) {
        BigInteger r = switch (random.nextInt(4)) {
            case 0 -> BigInteger.valueOf(1 + random.nextInt(1000));
            case 1 -> Signature.ORDER.subtract(BigInteger.valueOf(1 + random.nextInt(1000)));
            default -> new BigInteger(1, bytes(random, 32)).mod(Signature.ORDER).max(BigInteger.ONE);
        };
        BigInteger s = switch (random.nextInt(4)) {
            case 0 -> BigInteger.ONE;
            case 1 -> Signature.HALF_ORDER;
            default ->
                new BigInteger(1, bytes(random, 32)).mod(Signature.HALF_ORDER).max(BigInteger.ONE);
        };
        return new Signature(r, s, random.nextInt(2));
    }

    private static LocalEvmSigner key(Random random) {
        return LocalEvmSigner.parse(Hex.of(Hex.word(
                new BigInteger(1, bytes(random, 32)).mod(Signature.ORDER).max(BigInteger.ONE))));
    }

    private static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
