package dev.x402.scheme.ach;

import dev.x402.spec.JsonCursor;
import dev.x402.spi.Bytes;
import java.util.HexFormat;

/** Bytes as hexadecimal digits in lower case: their one spelling. */
final class Hex {
    private Hex() {}

    static String of(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    /** So many bytes at a place of a message. */
    static Bytes at(JsonCursor place, int bytes) {
        String text = place.text();
        boolean right = text.length() == 2 * bytes
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (!right) {
            throw place.malformed(2 * bytes + " hexadecimal digits in lower case");
        }
        return Bytes.of(HexFormat.of().parseHex(text));
    }
}
