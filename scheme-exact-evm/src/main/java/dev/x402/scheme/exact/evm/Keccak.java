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

    private static void permute(long[] s) {
        for (long round : ROUNDS) {
            long c0 = s[0] ^ s[5] ^ s[10] ^ s[15] ^ s[20];
            long c1 = s[1] ^ s[6] ^ s[11] ^ s[16] ^ s[21];
            long c2 = s[2] ^ s[7] ^ s[12] ^ s[17] ^ s[22];
            long c3 = s[3] ^ s[8] ^ s[13] ^ s[18] ^ s[23];
            long c4 = s[4] ^ s[9] ^ s[14] ^ s[19] ^ s[24];
            long d0 = c4 ^ Long.rotateLeft(c1, 1);
            long d1 = c0 ^ Long.rotateLeft(c2, 1);
            long d2 = c1 ^ Long.rotateLeft(c3, 1);
            long d3 = c2 ^ Long.rotateLeft(c4, 1);
            long d4 = c3 ^ Long.rotateLeft(c0, 1);
            for (int j = 0; j < 25; j += 5) {
                s[j] ^= d0;
                s[j + 1] ^= d1;
                s[j + 2] ^= d2;
                s[j + 3] ^= d3;
                s[j + 4] ^= d4;
            }
            long moved = s[1];
            for (int i = 0; i < 24; i++) {
                long next = s[LANES[i]];
                s[LANES[i]] = Long.rotateLeft(moved, ROTATIONS[i]);
                moved = next;
            }
            for (int j = 0; j < 25; j += 5) {
                long a0 = s[j];
                long a1 = s[j + 1];
                long a2 = s[j + 2];
                long a3 = s[j + 3];
                long a4 = s[j + 4];
                s[j] = a0 ^ (~a1 & a2);
                s[j + 1] = a1 ^ (~a2 & a3);
                s[j + 2] = a2 ^ (~a3 & a4);
                s[j + 3] = a3 ^ (~a4 & a0);
                s[j + 4] = a4 ^ (~a0 & a1);
            }
            s[0] ^= round;
        }
    }
}
