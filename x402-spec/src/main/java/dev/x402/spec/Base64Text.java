package dev.x402.spec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Base64 of headers: the standard alphabet, padded, and one spelling for each value. */
final class Base64Text {
    private static final String EXPECTED = "standard base64 with padding";

    private Base64Text() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The bytes; a second spelling of the same bytes would be a second name of one payment, and is refused. */
    static byte[] decode(String text) {
        int end = text.length();
        if (end == 0) {
            throw malformed("nothing");
        }
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!isInAlphabet(c)) {
                throw malformed(describe(c) + " at character " + i);
            }
        }
        if (text.length() % 4 != 0 || text.length() - end > 2) {
            throw malformed((text.length() - end) + " characters of padding after " + end);
        }
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] decoded = Base64.getDecoder().decode(ascii);
        if (!Arrays.equals(Base64.getEncoder().encode(decoded), ascii)) {
            throw malformed("bits after the last byte that are not zero");
        }
        return decoded;
    }

    private static boolean isInAlphabet(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    private static String describe(char c) {
        if (c == '-' || c == '_') {
            return "the url-safe alphabet";
        }
        return c <= ' ' ? "white space" : Seen.of(String.valueOf(c));
    }

    private static MalformedMessageException malformed(String seen) {
        return new MalformedMessageException("", EXPECTED, seen);
    }
}
