package dev.x402.core.payer;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One offer of nothing in every asset that could be paid with. */
final class World {
    private static final String NOBODY = "?";

    private World() {}

    /** In the assets that the plugins know, and in those that are named besides. */
    static List<Candidate> of(Plugins plugins, Set<AssetId> named) {
        Set<AssetId> ids = new LinkedHashSet<>();
        plugins.assets().forEach(asset -> ids.add(asset.id()));
        ids.addAll(named);
        List<Candidate> offers = new ArrayList<>();
        ids.forEach(id -> offers.add(offer(id, NOBODY, plugins)));
        return offers;
    }

    static Candidate offer(AssetId id, String payTo, Plugins plugins) {
        PaymentRequirements offer = PaymentRequirements.of(
                new Kind(NOBODY, id.network()), AtomicAmount.ZERO, id.reference(), payTo, 1, Json.Obj.EMPTY);
        return new Candidate(offer, id, plugins.asset(id), plugins.network(id.network()));
    }
}
