package dev.x402.spec;

import static java.util.Objects.requireNonNull;

/**
 * A scheme on a network: the key of every look-up.
 *
 * @param scheme such as {@code exact}
 * @param network the network
 */
public record Kind(String scheme, Network network) {
    public Kind {
        requireNonNull(scheme, "scheme");
        requireNonNull(network, "network");
    }

    /** Such as {@code exact on eip155:8453}. */
    @Override
    public String toString() {
        return scheme + " on " + network;
    }
}
