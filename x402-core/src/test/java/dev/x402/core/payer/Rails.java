package dev.x402.core.payer;

import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Two rails besides the coin's: hills (a main and a test network) and a bank that may return money. */
final class Rails {
    static final String URL = "https://shop.example/report?key=secret";
    static final Network HILL = Network.parse("hills:1");
    static final Network DALE = Network.parse("hills:2");
    static final Network BANK = Network.parse("bank:us");

    private Rails() {}

    static Plugins plugins() {
        return Plugins.builder()
                .clock(new Time())
                .add(new Coin())
                .add(new Coin.Ground())
                .add(new Coin.Mint())
                .add(new Hills())
                .add((AssetSource) Rails::assets)
                .build();
    }

    private static List<Asset> assets() {
        return List.of(
                asset(HILL, "usdc", "USDC", 6, "USD"),
                asset(HILL, "eurc", "EURC", 2, "EUR"),
                asset(HILL, "shell", "SHELL", 0, ""),
                asset(DALE, "usdc", "USDC", 18, "USD"),
                asset(BANK, "usd", "USD", 2, "USD"));
    }

    static Asset asset(Network network, String reference, String symbol, int decimals, String currency) {
        return new Asset(new AssetId(network, reference), symbol, decimals, currency, Json.Obj.EMPTY);
    }

    static PaymentRequirements offer(Network network, String amount, String asset) {
        return offer(network, amount, asset, "bob", Json.Obj.EMPTY);
    }

    static PaymentRequirements offer(Network network, String amount, String asset, String payTo, Json.Obj extra) {
        return PaymentRequirements.of(new Kind("coin", network), AtomicAmount.parse(amount), asset, payTo, 60, extra);
    }

    static PaymentRequired challenge(List<PaymentRequirements> offers) {
        return PaymentRequired.of(null, ResourceInfo.of(URL), offers);
    }

    static PaymentRequired challenge(PaymentRequirements... offers) {
        return challenge(List.of(offers));
    }

    /** Small letters are one spelling of an account and of an asset; {@code Hill Town} answers early, the bank late. */
    private static final class Hills implements Rail {
        @Override
        public Collection<RailNetwork> networks() {
            return List.of(
                    new RailNetwork(HILL, "Hill Town", false, Duration.ofSeconds(12), Duration.ZERO, Stage.SEEN),
                    new RailNetwork(DALE, "Dale", true, Duration.ofSeconds(2), Duration.ZERO, Stage.SEEN),
                    new RailNetwork(BANK, "Bank", false, Duration.ofDays(2), Duration.ofDays(60), Stage.SETTLED));
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return account.matches("[A-Za-z]{2,9}") ? Optional.of(account.toLowerCase(Locale.ROOT)) : Optional.empty();
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return canonicalAccount(network, asset);
        }
    }
}
