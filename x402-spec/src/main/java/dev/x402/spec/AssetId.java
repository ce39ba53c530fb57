package dev.x402.spec;

import static java.util.Objects.requireNonNull;

/**
 * An asset on its network: a token's address, a mint, or a currency's ISO 4217 code.
 *
 * <p>Equality is by exact characters; the network's rail knows which spellings name one asset.
 *
 * @param network where the asset lives
 * @param reference the wire member {@code asset}; not empty
 */
public record AssetId(Network network, String reference) {
    public AssetId {
        requireNonNull(network, "network");
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("asset: expected a reference on " + network + ", saw \"\"");
        }
    }

    /** Such as {@code eip155:8453/0x8335…}. */
    @Override
    public String toString() {
        return network + "/" + reference;
    }
}
