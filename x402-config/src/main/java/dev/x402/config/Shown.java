package dev.x402.config;

/** What a message shows of a text: short and printable. */
final class Shown {
    private static final int LONGEST = 48;

    private Shown() {}

    static String of(String text) {
        if (text.length() > LONGEST) {
            return "a text of " + text.length() + " characters";
        }
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c >= 0x20 && c < 0x7f) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u{%x}", c));
            }
        });
        return shown.append('"').toString();
    }
}
