package dev.x402.spi.plugins;

import dev.x402.spec.NetworkPattern;
import java.util.Comparator;

/** A scheme on the networks of a pattern; the most specific pattern of a name stands first. */
record SchemeKey(String name, NetworkPattern pattern) implements Comparable<SchemeKey> {
    private static final Comparator<SchemeKey> ORDER =
            Comparator.comparing(SchemeKey::name).thenComparing(SchemeKey::pattern);

    @Override
    public int compareTo(SchemeKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + " on " + pattern;
    }
}
