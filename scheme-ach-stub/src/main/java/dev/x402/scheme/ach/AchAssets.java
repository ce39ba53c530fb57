package dev.x402.scheme.ach;

import com.google.auto.service.AutoService;
import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.util.Collection;
import java.util.List;

/** The dollar, in cents. */
@AutoService(AssetSource.class)
public final class AchAssets implements AssetSource {
    private static final List<Asset> ASSETS =
            List.of(new Asset(new AssetId(Ach.NETWORK, Ach.USD), Ach.USD, 2, Ach.USD, Json.Obj.EMPTY));

    /** A source without state. */
    public AchAssets() {}

    @Override
    public Collection<Asset> assets() {
        return ASSETS;
    }
}
