package dev.x402.tck;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Randomness that a seed repeats: the hash of seed and counter. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final String seed;
    private final AtomicLong drawn = new AtomicLong();

    SeededRandom(String seed) {
        this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        for (int filled = 0; filled < bytes.length; ) {
            byte[] block = block();
            int length = Math.min(block.length, bytes.length - filled);
            System.arraycopy(block, 0, bytes, filled, length);
            filled += length;
        }
    }

    @Override
    public byte[] generateSeed(int count) {
        byte[] bytes = new byte[count];
        nextBytes(bytes);
        return bytes;
    }

    private byte[] block() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return sha256.digest((seed + "/" + drawn.getAndIncrement()).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
