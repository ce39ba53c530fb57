package dev.x402.spec;

import org.jspecify.annotations.Nullable;

/** Where a reading stands, as a JSON pointer; names that arrived below {@code payload} are not told. */
final class JsonPath {
    private static final int LONGEST_NAME = 32;

    private final @Nullable String[] names = new String[JsonReading.MAX_DEPTH];
    private final int[] indexes = new int[JsonReading.MAX_DEPTH];
    private int depth;

    void enter(String name) {
        names[depth++] = name;
    }

    void enter(int index) {
        names[depth] = null;
        indexes[depth++] = index;
    }

    void leave() {
        depth--;
    }

    /** A name as it may stand in a pointer and in a message: escaped, printable and short. */
    static String escape(String name) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < name.length() && i < LONGEST_NAME; i++) {
            char c = name.charAt(i);
            if (c == '~') {
                shown.append("~0");
            } else if (c == '/') {
                shown.append("~1");
            } else if (c >= 0x20 && c < 0x7f) {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return name.length() > LONGEST_NAME ? shown.append("...").toString() : shown.toString();
    }

    @Override
    public String toString() {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            pointer.append('/').append(names[i] == null ? Integer.toString(indexes[i]) : escape(names[i]));
            if ("payload".equals(names[i])) {
                break;
            }
        }
        return pointer.toString();
    }
}
