package dev.x402.spec;

import java.util.ArrayDeque;
import java.util.Deque;

/** Where a reading stands, as a JSON pointer; names that arrived below {@code payload} are not told. */
final class JsonPath {
    private static final int LONGEST_NAME = 32;

    private final Deque<String> names = new ArrayDeque<>();

    void enter(String name) {
        names.addLast(name);
    }

    void leave() {
        names.removeLast();
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
        for (String name : names) {
            pointer.append('/').append(escape(name));
            if (name.equals("payload")) {
                break;
            }
        }
        return pointer.toString();
    }
}
