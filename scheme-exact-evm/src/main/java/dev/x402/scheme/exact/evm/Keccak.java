package dev.x402.scheme.exact.evm;

import java.nio.charset.StandardCharsets;

/**
 * Keccak-256, as Ethereum hashes.
 *
 * <p>Written out here, since a process that starts would else read and verify the signed jar of a whole library for it.
 */
final class Keccak {
    private static final int RATE = 136;
    private static final int[] ROTATIONS = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };
    private static final int[] LANES = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };
    private static final long[] ROUNDS = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808aL, 0x8000000080008000L,
        0x000000000000808bL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
        0x000000000000008aL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000aL,
        0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L, 0x8000000000008003L,
        0x8000000000008002L, 0x8000000000000080L, 0x000000000000800aL, 0x800000008000000aL,
        0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };

    private Keccak() {}

    /** The hash of the parts, one after the other. */
    static byte[] hash(byte[]... parts) {
        long[] state = new long[25];
        int at = 0;
        for (byte[] part : parts) {
            for (byte b : part) {
                mix(state, at, b);
                at++;
                if (at == RATE) {
                    permute(state);
                    at = 0;
                }
            }
        }
        mix(state, at, 0x01);
        mix(state, RATE - 1, 0x80);
        permute(state);
        byte[] hash = new byte[Hex.WORD];
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) (state[i >> 3] >>> ((i & 7) << 3));
        }
        return hash;
    }

    static byte[] hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void mix(long[] state, int at, int b) {
        state[at >> 3] ^= (b & 0xffL) << ((at & 7) << 3);
    }

    private static void permute(long[] state) {
        long[] row = new long[5];
        for (long round : ROUNDS) {
            for (int i = 0; i < 5; i++) {
                row[i] = state[i] ^ state[i + 5] ^ state[i + 10] ^ state[i + 15] ^ state[i + 20];
            }
            for (int i = 0; i < 5; i++) {
                long parity = row[(i + 4) % 5] ^ Long.rotateLeft(row[(i + 1) % 5], 1);
                for (int j = i; j < 25; j += 5) {
                    state[j] ^= parity;
                }
            }
            long moved = state[1];
            for (int i = 0; i < 24; i++) {
                long next = state[LANES[i]];
                state[LANES[i]] = Long.rotateLeft(moved, ROTATIONS[i]);
                moved = next;
            }
            for (int j = 0; j < 25; j += 5) {
                System.arraycopy(state, j, row, 0, 5);
                for (int i = 0; i < 5; i++) {
                    state[j + i] = row[i] ^ (~row[(i + 1) % 5] & row[(i + 2) % 5]);
                }
            }
            state[0] ^= round;
        }
    }
}
