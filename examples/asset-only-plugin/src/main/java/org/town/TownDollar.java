package org.town;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.util.Collection;
import java.util.List;

/** The dollar of a town, a token on Base Sepolia; all that is needed to take it is to know it. */
public final class TownDollar implements AssetSource {
    private static final AssetId ID =
            new AssetId(Network.parse("eip155:84532"), "0x70077000000000000000000000000000000000D0");

    /** Name and version of the token's EIP-712 domain, in which payers sign. */
    private static final Json.Obj DOMAIN = Json.Obj.EMPTY.with("name", "USDC").with("version", "2");

    /** A source without state. */
    public TownDollar() {}

    @Override
    public Collection<Asset> assets() {
        return List.of(new Asset(ID, "TOWN", 6, "USD", DOMAIN));
    }
}
