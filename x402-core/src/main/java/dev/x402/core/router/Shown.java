package dev.x402.core.router;

/** Text of a configuration as a message shows it: quoted, one line, not longer than asked. */
final class Shown {
    private Shown() {}

    static String quoted(String text, int longest) {
        StringBuilder shown = new StringBuilder(text.length() + 2).append('"');
        text.chars().limit(longest).forEach(c -> {
            if (c >= ' ' && c <= '~') {
                shown.append((char) c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown.append(text.length() > longest ? "…\"" : "\"").toString();
    }
}
