package dev.x402.scheme.exact.svm;

import org.jspecify.annotations.Nullable;
import org.p2p.solanaj.utils.Base58;

/** Base 58 of a known number of bytes: size and alphabet are looked at before it is decoded. */
final class Base58Text {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private Base58Text() {}

    static String of(byte[] bytes) {
        return Base58.encode(bytes);
    }

    /** The bytes, when the text is so many of them; each value has one spelling. */
    static byte @Nullable [] parse(String text, int size) {
        if (text.length() < size || text.length() > longest(size)) {
            return null;
        }
        byte[] bytes = isSpelled(text) ? Base58.decode(text) : null;
        return bytes != null && bytes.length == size ? bytes : null;
    }

    /** Whether all characters are of the alphabet. */
    static boolean isSpelled(String text) {
        return text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    /** A byte takes a little less than 1.37 characters. */
    private static int longest(int size) {
        return size * 137 / 100 + 1;
    }
}
