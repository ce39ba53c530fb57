package com.acme.x402;

import dev.x402.spec.JsonCursor;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Bytes as hexadecimal digits, in lower case. */
final class Hex {
    private Hex() {}

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** The text in its one spelling; empty when it is not so many bytes. */
    static Optional<String> find(String text, int bytes) {
        boolean right = text.length() == 2 * bytes && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
        return right ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** The text at a place of a message, in its one spelling. */
    static String at(JsonCursor place, int bytes) {
        return find(place.text(), bytes).orElseThrow(() -> place.malformed(2 * bytes + " hexadecimal digits"));
    }
}
