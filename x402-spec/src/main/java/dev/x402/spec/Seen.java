package dev.x402.spec;

/** What an error message may show of a foreign value: short, printable, and never long enough to hold a secret. */
final class Seen {
    private static final int LONGEST = 48;

    private Seen() {}

    static String of(String text) {
        if (text.length() > LONGEST) {
            return "a string of " + text.length() + " characters";
        }
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u{%x}", c));
            }
        });
        return shown.append('"').toString();
    }
}
