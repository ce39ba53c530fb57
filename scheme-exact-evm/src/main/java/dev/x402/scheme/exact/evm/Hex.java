package dev.x402.scheme.exact.evm;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Hexadecimal text with {@code 0x}, and 32-byte words. */
final class Hex {
    static final int WORD = 32;
    private static final HexFormat LOWER = HexFormat.of();

    private Hex() {}

    static String of(byte[] bytes) {
        return "0x" + LOWER.formatHex(bytes);
    }

    /** Null when the text is not {@code 0x} and pairs of digits, or is too long. */
    static byte @Nullable [] parse(String text, int maxBytes) {
        int length = text.length();
        if (length < 2 || length > 2 + 2L * maxBytes || (length & 1) != 0 || !text.startsWith("0x")) {
            return null;
        }
        byte[] bytes = new byte[length / 2 - 1];
        for (int i = 0; i < bytes.length; i++) {
            int high = digit(text.charAt(2 + 2 * i));
            int low = digit(text.charAt(3 + 2 * i));
            if (high < 0 || low < 0) {
                return null;
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    /** The quantity as JSON-RPC writes it: no leading zeros. */
    static String quantity(BigInteger value) {
        return "0x" + value.toString(16);
    }

    static String quantity(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** The number in 32 bytes; it must fit. */
    static byte[] word(BigInteger value) {
        byte[] word = new byte[WORD];
        putWord(word, 0, value);
        return word;
    }

    static void putWord(byte[] target, int offset, BigInteger value) {
        byte[] bytes = value.toByteArray();
        int skip = bytes.length > WORD && bytes[0] == 0 ? 1 : 0;
        int length = bytes.length - skip;
        if (value.signum() < 0 || length > WORD) {
            throw new IllegalArgumentException("word: expected 0 to 2^256-1, saw " + value.bitLength() + " bits");
        }
        Arrays.fill(target, offset, offset + WORD - length, (byte) 0);
        System.arraycopy(bytes, skip, target, offset + WORD - length, length);
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
