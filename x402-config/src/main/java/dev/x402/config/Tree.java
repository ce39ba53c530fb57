package dev.x402.config;

import java.util.List;

/**
 * What stands in the file, with its places; every scalar is a text until somebody says what it is.
 *
 * <p>A tree that an alias names is shared: {@code size} and {@code height} are those of the tree as it is read.
 */
sealed interface Tree {
    Place at();

    /** Values in it, itself included. */
    int size();

    /** Levels below and including it. */
    int height();

    /** What a message calls it. */
    String kind();

    /**
     * A scalar.
     *
     * @param plain written without quotes
     */
    record Text(String value, boolean plain, Place at) implements Tree {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public int height() {
            return 1;
        }

        /** Nothing, {@code null} or {@code ~}, written without quotes. */
        boolean isNothing() {
            return plain && (value.isEmpty() || value.equals("null") || value.equals("~"));
        }

        @Override
        public String kind() {
            return isNothing() ? "nothing" : "a text";
        }

        /** Its place; it may hold a secret. */
        @Override
        public String toString() {
            return "text at " + at;
        }
    }

    /** A sequence. */
    record Items(List<Tree> items, Place at, int size, int height) implements Tree {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping; keys are unique. */
    record Mapping(List<Entry> entries, Place at, int size, int height) implements Tree {
        @Override
        public String kind() {
            return "keys and values";
        }
    }

    /** A key and its value. */
    record Entry(String key, Place at, Tree value) {}
}
