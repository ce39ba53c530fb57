package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One network, or a whole family such as {@code eip155:*}.
 *
 * <p>Ordered by specificity: one network stands before its family. The form of the keys of {@code signers} in the
 * answer to {@code /supported} (x402 v2, section 7.3).
 *
 * @param namespace as in {@link Network}
 * @param reference as in {@link Network}; null stands for every network of the namespace
 */
public record NetworkPattern(String namespace, @Nullable String reference) implements Comparable<NetworkPattern> {
    public NetworkPattern {
        requireNonNull(namespace, "namespace");
        if (!Network.NAMESPACE.matcher(namespace).matches()
                || (reference != null && !Network.REFERENCE.matcher(reference).matches())) {
            throw malformed(namespace + ":" + (reference == null ? "*" : reference));
        }
    }

    /** The pattern that matches just this network. */
    public static NetworkPattern of(Network network) {
        return new NetworkPattern(network.namespace(), network.reference());
    }

    /**
     * Parses {@code eip155:8453} or {@code eip155:*}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public static NetworkPattern parse(String text) {
        return find(text).orElseThrow(() -> malformed(text));
    }

    /** Parses {@code eip155:8453} or {@code eip155:*}; empty when the text is neither. */
    public static Optional<NetworkPattern> find(String text) {
        requireNonNull(text, "text");
        if (text.endsWith(":*")) {
            String namespace = text.substring(0, text.length() - 2);
            return Network.NAMESPACE.matcher(namespace).matches()
                    ? Optional.of(new NetworkPattern(namespace, null))
                    : Optional.empty();
        }
        return Network.find(text).map(NetworkPattern::of);
    }

    /** Whether the network is this one, or of this family. */
    public boolean matches(Network network) {
        return namespace.equals(network.namespace()) && (reference == null || reference.equals(network.reference()));
    }

    /** Whether the pattern stands for a whole family. */
    public boolean isFamily() {
        return reference == null;
    }

    /** Single networks first, then families; each by the order of characters. */
    @Override
    public int compareTo(NetworkPattern other) {
        int specificity = Boolean.compare(isFamily(), other.isFamily());
        return specificity != 0 ? specificity : toString().compareTo(other.toString());
    }

    /** The pattern as it is written. */
    @Override
    public String toString() {
        return namespace + ":" + (reference == null ? "*" : reference);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("network pattern: expected eip155:8453 or eip155:*, saw " + Seen.of(text));
    }
}
