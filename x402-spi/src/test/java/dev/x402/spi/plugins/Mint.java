package dev.x402.spi.plugins;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A source of these assets. */
final class Mint implements AssetSource {
    private final List<Asset> assets;

    Mint(Asset... assets) {
        this.assets = Arrays.asList(assets);
    }

    @Override
    public Collection<Asset> assets() {
        return assets;
    }

    /** A toy dollar. */
    static Asset asset(String network, String reference, String symbol, int decimals) {
        return new Asset(new AssetId(Network.parse(network), reference), symbol, decimals, "USD", Json.Obj.EMPTY);
    }
}
