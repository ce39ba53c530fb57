package com.acme.x402;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.util.Collection;
import java.util.List;

/** The Acme dollar, on both networks. */
public final class AcmeAssets implements AssetSource {
    /** A source without state. */
    public AcmeAssets() {}

    @Override
    public Collection<Asset> assets() {
        return List.of(dollar("main"), dollar("test"));
    }

    private static Asset dollar(String network) {
        AssetId id = new AssetId(new Network(AcmeRail.NAMESPACE, network), "dollar");
        return new Asset(id, "ACD", 4, "USD", Json.Obj.EMPTY);
    }
}
