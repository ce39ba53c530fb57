package dev.x402.scheme.exact.evm;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An ECDSA signature that every token accepts: r and s in range, s low, the parity known.
 *
 * @param r 1 to n-1
 * @param s 1 to n/2
 * @param parity 0 or 1
 */
record Signature(BigInteger r, BigInteger s, int parity) {
    static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
    static final int SIZE = 65;
    private static final int COMPACT_SIZE = 64;

    Signature {
        if (r.signum() <= 0
                || r.compareTo(ORDER) >= 0
                || s.signum() <= 0
                || s.compareTo(HALF_ORDER) > 0
                || (parity | 1) != 1) {
            throw new IllegalArgumentException("signature: expected r, s and parity in range");
        }
    }

    /** 65 bytes with v of 0, 1, 27 or 28, or 64 bytes by EIP-2098; null for all else, also for a high s. */
    static @Nullable Signature parse(byte[] bytes) {
        if (bytes.length != SIZE && bytes.length != COMPACT_SIZE) {
            return null;
        }
        byte[] second = Arrays.copyOfRange(bytes, Hex.WORD, COMPACT_SIZE);
        int parity;
        if (bytes.length == COMPACT_SIZE) {
            parity = second[0] >> 7 & 1;
            second[0] &= 0x7f;
        } else {
            int v = bytes[COMPACT_SIZE] & 0xff;
            parity = v >= 27 ? v - 27 : v;
        }
        BigInteger r = new BigInteger(1, bytes, 0, Hex.WORD);
        BigInteger s = new BigInteger(1, second);
        if (parity > 1
                || r.signum() == 0
                || r.compareTo(ORDER) >= 0
                || s.signum() == 0
                || s.compareTo(HALF_ORDER) > 0) {
            return null;
        }
        return new Signature(r, s, parity);
    }

    /** What a signer returned; a high s is turned into the low one of the same meaning. */
    static @Nullable Signature ofSigner(byte[] bytes) {
        if (bytes.length != SIZE) {
            return null;
        }
        BigInteger s = new BigInteger(1, bytes, Hex.WORD, Hex.WORD);
        if (s.compareTo(HALF_ORDER) <= 0 || s.compareTo(ORDER) >= 0) {
            return parse(bytes);
        }
        byte[] low = bytes.clone();
        Hex.putWord(low, Hex.WORD, ORDER.subtract(s));
        int v = low[COMPACT_SIZE] & 0xff;
        low[COMPACT_SIZE] = (byte) (v >= 27 ? 55 - v : 1 - v); // the other parity
        return parse(low);
    }

    /** r, s and v of 27 or 28. */
    byte[] toBytes() {
        byte[] bytes = new byte[SIZE];
        Hex.putWord(bytes, 0, r);
        Hex.putWord(bytes, Hex.WORD, s);
        bytes[COMPACT_SIZE] = (byte) (27 + parity);
        return bytes;
    }

    /** Not the signature. */
    @Override
    public String toString() {
        return "a signature";
    }
}
