// snippet: file
package org.example;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The network of Pebble and its money. */
public final class Pebble implements Rail, AssetSource {
    static final Network BEACH = Network.parse("pebble:beach");
    static final String ACCOUNT = "[a-z]{3,9}";
    static final String ASSET = "[a-z]{3,8}";

    @Override
    public Collection<RailNetwork> networks() {
        return List.of(new RailNetwork(
                BEACH, "Pebble Beach", true, Duration.ofSeconds(1), Duration.ZERO, Stage.FINAL));
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return network.equals(BEACH) && account.matches(ACCOUNT) ? Optional.of(account) : Optional.empty();
    }

    @Override
    public Optional<String> canonicalAsset(Network network, String asset) {
        return network.equals(BEACH) && asset.matches(ASSET) ? Optional.of(asset) : Optional.empty();
    }

    @Override
    public Collection<Asset> assets() {
        return List.of(new Asset(new AssetId(BEACH, "shell"), "SHL", 2, "", Json.Obj.EMPTY));
    }
}
// end: file
