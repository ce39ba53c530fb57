package dev.x402.scheme.exact.svm;

import com.google.auto.service.AutoService;
import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.util.Collection;
import java.util.List;

/** The tokens of {@code assets.csv}, the default one of each cluster first. */
@AutoService(AssetSource.class)
public final class SvmAssets implements AssetSource {
    /** The member of an asset's {@code extra} that names the token program of its mint. */
    static final String TOKEN_PROGRAM = "tokenProgram";

    private static final List<Asset> ASSETS =
            Table.read("assets.csv", 6).stream().map(SvmAssets::asset).toList();

    /** A source without state. */
    public SvmAssets() {}

    @Override
    public Collection<Asset> assets() {
        return ASSETS;
    }

    private static Asset asset(List<String> row) {
        return new Asset(
                new AssetId(new Network(SvmRail.NAMESPACE, row.get(0)), row.get(2)),
                row.get(1),
                Integer.parseInt(row.get(3)),
                row.get(4),
                Json.Obj.EMPTY.with(TOKEN_PROGRAM, row.get(5)));
    }
}
