package dev.x402.scheme.exact.evm;

import com.google.auto.service.AutoService;
import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.util.Collection;
import java.util.List;

/** The tokens of {@code assets.csv}, the default one of each chain first. */
@AutoService(AssetSource.class)
public final class EvmAssets implements AssetSource {
    private static final List<Asset> ASSETS =
            Table.read("assets.csv", 8).stream().map(EvmAssets::asset).toList();

    /** A source without state. */
    public EvmAssets() {}

    @Override
    public Collection<Asset> assets() {
        return ASSETS;
    }

    private static Asset asset(List<String> row) {
        Json.Obj extra = Json.Obj.EMPTY.with(Token.NAME, row.get(5)).with(Token.VERSION, row.get(6));
        String method = row.get(7);
        return new Asset(
                new AssetId(Network.parse("eip155:" + row.get(0)), row.get(2)),
                row.get(1),
                Integer.parseInt(row.get(3)),
                row.get(4),
                method.equals(Token.EIP3009) ? extra : extra.with(Token.METHOD, method));
    }
}
