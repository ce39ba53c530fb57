package dev.x402.bazaar.catalogue;

import dev.x402.bazaar.Listing;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Two networks whose accounts and assets mean the same in capital letters, and listings that are sold on them. */
public final class Coins {
    public static final Network MAIN = Network.parse("coin:main");
    public static final Network SIDE = Network.parse("coin:side");
    public static final AssetId DOLLAR = new AssetId(MAIN, "dollar");
    public static final AssetId SIDE_DOLLAR = new AssetId(SIDE, "dollar");
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private Coins() {}

    public static Plugins plugins() {
        return Plugins.builder().add(new CoinRail()).add(new CoinAssets()).build();
    }

    public static PaymentRequirements offer(AssetId asset, long amount, String payTo) {
        return PaymentRequirements.of(
                new Kind("exact", asset.network()),
                AtomicAmount.of(amount),
                asset.reference(),
                payTo,
                60,
                Json.Obj.EMPTY);
    }

    public static Some listing(String path) {
        return new Some("http", "GET", "https://shop.example" + path);
    }

    /** A listing in the making. */
    public static final class Some {
        private final Listing.Key key;
        private String name = "";
        private String description = "";
        private List<String> tags = List.of();
        private List<PaymentRequirements> accepts = List.of(offer(DOLLAR, 10_000, "alice"));
        private Json.Obj declaration = Json.Obj.EMPTY;
        private Listing.Health health = Listing.Health.LIVE;
        private Instant next = NOON;

        public Some(String type, String operation, String resource) {
            key = new Listing.Key(type, operation, resource);
        }

        public Some name(String text) {
            name = text;
            return this;
        }

        public Some description(String text) {
            description = text;
            return this;
        }

        public Some tags(String... texts) {
            tags = List.of(texts);
            return this;
        }

        public Some accepts(PaymentRequirements... offers) {
            accepts = List.of(offers);
            return this;
        }

        public Some declaration(Json.Obj declared) {
            declaration = declared;
            return this;
        }

        public Some health(Listing.Health seen) {
            health = seen;
            return this;
        }

        public Some next(Instant at) {
            next = at;
            return this;
        }

        public Listing build() {
            return new Listing(
                    key,
                    key.resource(),
                    name,
                    description,
                    tags,
                    "",
                    "application/json",
                    accepts,
                    declaration,
                    Listing.Source.ADDRESS,
                    health,
                    NOON,
                    NOON,
                    next,
                    0);
        }
    }

    private static final class CoinRail implements Rail {
        @Override
        public Collection<RailNetwork> networks() {
            return List.of(network(MAIN, "Coin"), network(SIDE, "Coin Side"));
        }

        private static RailNetwork network(Network id, String name) {
            return new RailNetwork(id, name, true, Duration.ofSeconds(1), Duration.ZERO, Stage.SETTLED);
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return Optional.of(account.toLowerCase(Locale.ROOT));
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return Optional.of(asset.toLowerCase(Locale.ROOT));
        }
    }

    private static final class CoinAssets implements AssetSource {
        @Override
        public Collection<Asset> assets() {
            return List.of(
                    new Asset(DOLLAR, "CUSD", 6, "USD", Json.Obj.EMPTY),
                    new Asset(SIDE_DOLLAR, "SUSD", 6, "USD", Json.Obj.EMPTY));
        }
    }
}
