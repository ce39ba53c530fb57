package dev.x402.core.payer;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.NetworkPattern;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ready offer policies. */
public final class OfferPolicies {
    private OfferPolicies() {}

    /**
     * Networks in order of preference, and for each asset the most a payment may cost.
     *
     * <p>Refuses what no pattern matches, assets that are not listed and amounts above theirs. Within one pattern the
     * order of the assets decides, then the lower amount.
     *
     * @param networks the preferred first
     * @param most by asset, the preferred first in a map that has an order; in the rail's canonical spelling
     */
    public static OfferPolicy prefer(List<NetworkPattern> networks, Map<AssetId, AtomicAmount> most) {
        return new OrderedPreference(List.copyOf(networks), Collections.unmodifiableMap(new LinkedHashMap<>(most)));
    }
}
