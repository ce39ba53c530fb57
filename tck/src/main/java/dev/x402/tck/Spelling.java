package dev.x402.tck;

import java.util.Locale;

/** Other spellings of texts that mean the same. */
final class Spelling {
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Spelling() {}

    static String capitals(String text) {
        return isHex(text) ? prefix(text) + digits(text).toUpperCase(Locale.ROOT) : text;
    }

    static String small(String text) {
        return isHex(text) ? prefix(text) + digits(text).toLowerCase(Locale.ROOT) : text;
    }

    static String urlSafe(String text) {
        return isBase64(text) ? text.replace('+', '-').replace('/', '_') : text;
    }

    static String unpadded(String text) {
        return isBase64(text) ? text.replace("=", "") : text;
    }

    /** The last digit of padded base64 has bits that no byte shows. */
    static String spareBits(String text) {
        if (!isBase64(text) || !text.endsWith("=")) {
            return text;
        }
        int last = text.indexOf('=') - 1;
        char other = BASE64.charAt(BASE64.indexOf(text.charAt(last)) ^ 1);
        return text.substring(0, last) + other + text.substring(last + 1);
    }

    private static boolean isHex(String text) {
        return text.matches("(0x)?[0-9a-fA-F]{16,}") && text.matches(".*[a-fA-F].*");
    }

    private static String prefix(String text) {
        return text.startsWith("0x") ? "0x" : "";
    }

    private static String digits(String text) {
        return text.substring(prefix(text).length());
    }

    private static boolean isBase64(String text) {
        return text.length() >= 16 && text.length() % 4 == 0 && !isHex(text) && text.matches("[A-Za-z0-9+/]+={0,2}");
    }
}
