package dev.stranger;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.util.Collection;
import java.util.List;

// snippet: plugin
/** A plugin of a stranger: one more asset, as data. */
public final class TownToken implements AssetSource {
    static final AssetId ID = new AssetId(Network.parse("town:square"), "penny");

    @Override
    public Collection<Asset> assets() {
        return List.of(new Asset(ID, "PENNY", 2, "TWN", Json.Obj.EMPTY));
    }
}
// end: plugin
