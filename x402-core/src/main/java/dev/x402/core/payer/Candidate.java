package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AssetId;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.RailNetwork;
import java.util.Optional;

/**
 * An offer that some plugin can pay, with what is known of it.
 *
 * @param offer as it came; its terms are what would be signed
 * @param assetId of the offer, canonical where the rail knows it
 * @param asset its decimals and currency, when an asset source knows it; never guessed
 * @param network its rail's facts, when a rail knows it
 */
public record Candidate(
        PaymentRequirements offer, AssetId assetId, Optional<Asset> asset, Optional<RailNetwork> network) {
    public Candidate {
        requireNonNull(offer, "offer");
        requireNonNull(assetId, "assetId");
        requireNonNull(asset, "asset");
        requireNonNull(network, "network");
    }
}
