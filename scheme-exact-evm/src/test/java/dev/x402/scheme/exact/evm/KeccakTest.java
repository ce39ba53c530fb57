package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;

class KeccakTest {
    @Test
    void nothing_has_the_hash_that_the_world_knows() {
        assertEquals("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", Hex.of(Keccak.hash()));
    }

    @Test
    void every_length_has_the_hash_that_another_library_finds() {
        Random random = new Random(136);
        for (int length = 0; length < 600; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertArrayEquals(expected(bytes), Keccak.hash(bytes), "length " + length);
        }
    }

    @Test
    void parts_are_hashed_as_the_whole() {
        byte[] whole = "transfer with authorization".repeat(20).getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= whole.length; cut++) {
            byte[] first = Arrays.copyOf(whole, cut);
            byte[] second = Arrays.copyOfRange(whole, cut, whole.length);
            assertArrayEquals(expected(whole), Keccak.hash(first, second), "cut at " + cut);
        }
    }

    private static byte[] expected(byte[] bytes) {
        KeccakDigest digest = new KeccakDigest(256);
        digest.update(bytes, 0, bytes.length);
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }
}
