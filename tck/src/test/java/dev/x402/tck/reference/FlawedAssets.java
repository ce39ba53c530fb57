package dev.x402.tck.reference;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import java.util.List;

/** The assets, with one thing wrong on request. */
final class FlawedAssets {
    private FlawedAssets() {}

    static List<Asset> of(Flaw flaw) {
        Asset coin = asset(LedgerRail.NETWORK, "coin", "COIN", "USD");
        Asset medal = asset(LedgerRail.NETWORK, "medal", "MEDAL", "");
        return switch (flaw) {
            case ASSET_MISSPELLED -> List.of(coin, medal, asset(LedgerRail.NETWORK, "MEDAL", "MEDAL2", ""));
            case ASSET_TWICE -> List.of(coin, medal, coin);
            case ASSET_MISSING -> List.of(medal);
            case SYMBOL_UNPRINTABLE -> List.of(coin, asset(LedgerRail.NETWORK, "medal", "ME DAL", ""));
            case CURRENCY_UNKNOWN -> List.of(coin, asset(LedgerRail.NETWORK, "medal", "MEDAL", "usd"));
            case ASSET_WITHOUT_NETWORK -> List.of(coin, medal, asset(Network.parse("mem:9"), "coin", "COIN9", "USD"));
            default -> List.of(coin, medal);
        };
    }

    private static Asset asset(Network network, String reference, String symbol, String currency) {
        return new Asset(new AssetId(network, reference), symbol, 6, currency, Json.Obj.EMPTY);
    }
}
