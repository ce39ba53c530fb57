package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AssetId;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.plugins.Plugins;
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

    static Candidate of(PaymentRequirements offer, Plugins plugins) {
        AssetId id = new AssetId(
                offer.network(),
                plugins.canonicalAsset(offer.network(), offer.asset()).orElse(offer.asset()));
        return new Candidate(offer, id, plugins.asset(id), plugins.network(offer.network()));
    }

    /** How much it asks, such as {@code 0.01 USDC}; in the smallest unit where the asset is not known. */
    String asks() {
        return asset.map(known -> Cost.plain(known.toUnits(offer.amount())) + " " + known.symbol())
                .orElseGet(() -> asks(offer));
    }

    static String asks(PaymentRequirements offer) {
        return offer.amount() + " of " + Shown.of(offer.asset());
    }
}
