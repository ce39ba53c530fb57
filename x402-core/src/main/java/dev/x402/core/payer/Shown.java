package dev.x402.core.payer;

/** What may be shown of a text from outside: short, and plain characters only. */
final class Shown {
    private static final int LONGEST = 66;

    private Shown() {}

    /** The text, shortened; whatever is not a visible ASCII character becomes a question mark. */
    static String of(String text) {
        int length = Math.min(text.length(), LONGEST);
        StringBuilder shown = new StringBuilder(length + 1);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            shown.append(c >= 0x20 && c < 0x7f ? c : '?');
        }
        return (text.length() > length ? shown.append("...") : shown).toString();
    }

    static String quoted(String text) {
        return '"' + of(text) + '"';
    }
}
