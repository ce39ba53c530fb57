package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;

/**
 * A signer's sequence on a network.
 *
 * @param network where
 * @param signer account whose sequence (nonce) is used up, canonical
 */
public record Lane(Network network, String signer) {
    public Lane {
        requireNonNull(network, "network");
        requireNonNull(signer, "signer");
    }
}
