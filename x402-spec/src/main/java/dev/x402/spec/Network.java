package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network by its CAIP-2 identifier, such as {@code eip155:8453} or {@code ach:us}.
 *
 * <p>Blockchains and bank networks alike (x402 v2, section 11.1). Equality is by exact characters.
 *
 * @param namespace 3 to 8 characters of {@code [-a-z0-9]}
 * @param reference 1 to 32 characters of {@code [-_a-zA-Z0-9]}
 */
public record Network(String namespace, String reference) implements Comparable<Network> {
    static final Pattern NAMESPACE = Pattern.compile("[-a-z0-9]{3,8}");
    static final Pattern REFERENCE = Pattern.compile("[-_a-zA-Z0-9]{1,32}");
    private static final int MAX_LENGTH = 41;

    public Network {
        requireNonNull(namespace, "namespace");
        requireNonNull(reference, "reference");
        if (!NAMESPACE.matcher(namespace).matches()
                || !REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException(
                    "network: expected CAIP-2 such as eip155:8453, saw " + Seen.of(namespace + ":" + reference));
        }
    }

    /**
     * Parses {@code namespace:reference}.
     *
     * @throws IllegalArgumentException when the text is not CAIP-2
     */
    public static Network parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "network: expected CAIP-2 such as eip155:8453, saw " + Seen.of(text)));
    }

    /** Parses {@code namespace:reference}; empty when the text is not CAIP-2. */
    public static Optional<Network> find(String text) {
        requireNonNull(text, "text");
        int colon = text.length() > MAX_LENGTH ? -1 : text.indexOf(':');
        if (colon < 0
                || !NAMESPACE.matcher(text.substring(0, colon)).matches()
                || !REFERENCE.matcher(text.substring(colon + 1)).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Network(text.substring(0, colon), text.substring(colon + 1)));
    }

    /** The order of the identifiers' characters. */
    @Override
    public int compareTo(Network other) {
        return toString().compareTo(other.toString());
    }

    /** The CAIP-2 identifier. */
    @Override
    public String toString() {
        return namespace + ":" + reference;
    }
}
