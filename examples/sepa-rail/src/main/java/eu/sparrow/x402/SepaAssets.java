package eu.sparrow.x402;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.util.Collection;
import java.util.List;

/** The euro, in cents. */
public final class SepaAssets implements AssetSource {
    /** A source without state. */
    public SepaAssets() {}

    @Override
    public Collection<Asset> assets() {
        AssetId id = new AssetId(SepaRail.NETWORK, SepaRail.EURO);
        return List.of(new Asset(id, SepaRail.EURO, 2, SepaRail.EURO, Json.Obj.EMPTY));
    }
}
