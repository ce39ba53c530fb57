package dev.x402.core.seller;

/** Foreign text as a message shows it: quoted, one line, of printable ASCII, not long. */
final class Shown {
    private static final int LONGEST = 64;

    private Shown() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length() + 2).append('"');
        text.chars().limit(LONGEST).forEach(c -> {
            if (c >= ' ' && c <= '~') {
                shown.append((char) c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown.append(text.length() > LONGEST ? "…\"" : "\"").toString();
    }
}
