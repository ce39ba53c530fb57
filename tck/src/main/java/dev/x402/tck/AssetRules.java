package dev.x402.tck;

import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.Rail;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules for the assets that a plugin brings. */
public interface AssetRules extends RuleKit {
    /** Asset references are canonical. */
    @SpecRule(
            id = "X402-ASSET-01",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "an asset is looked up by its canonical spelling; under another it is never found",
            intent = "every asset stands under its canonical reference",
            does = "asks the rail for the canonical spelling of every asset",
            causes = {"lower case where the rail has a checksum", "a reference of another network"})
    default void asset_01_referencesAreCanonical(Bench bench) {
        for (Asset asset : assets(bench)) {
            Optional<Rail> rail = rail(bench, asset.id().network());
            if (rail.isPresent()) {
                Optional<String> canonical = rail.get()
                        .canonicalAsset(asset.id().network(), asset.id().reference());
                bench.check(
                        canonical.filter(asset.id().reference()::equals).isPresent(),
                        "asked the rail for the canonical spelling of " + asset.id(),
                        asset.id().reference(),
                        canonical.orElse("none"));
            }
        }
    }

    /** One asset has one entry. */
    @SpecRule(
            id = "X402-ASSET-02",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "two entries with other decimals are a factor of a power of ten in somebody's price",
            intent = "no asset is listed twice",
            does = "compares the ids of all assets",
            causes = {"one token under two symbols", "the list is built twice"})
    default void asset_02_noAssetIsListedTwice(Bench bench) {
        Map<AssetId, Asset> seen = new HashMap<>();
        for (Asset asset : assets(bench)) {
            Asset before = seen.put(asset.id(), asset);
            bench.check(
                    before == null,
                    "compared the ids of all assets",
                    "each once",
                    before == null
                            ? ""
                            : asset.id() + " with " + before.decimals() + " and " + asset.decimals() + " decimals");
        }
    }

    /** The offer's asset is listed. */
    @SpecRule(
            id = "X402-ASSET-03",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "a price in money becomes an amount only by the decimals of a listed asset; nothing guesses them",
            intent = "the asset of the offer is listed, so that its decimals are known",
            does = "looks for the offer's asset among the assets of the plugin",
            causes = {"the assets of the test network are missing"},
            needs = Capability.CLIENT)
    default void asset_03_theAssetOfTheOfferIsListed(Bench bench) {
        AssetId id = bench.fixture().offer().assetId();
        String canonical = rail(bench, id.network())
                .flatMap(rail -> rail.canonicalAsset(id.network(), id.reference()))
                .orElse(id.reference());
        bench.check(
                assets(bench).stream().anyMatch(asset -> asset.id().equals(new AssetId(id.network(), canonical))),
                "looked for " + id + " among the assets of the plugin",
                "an entry",
                "none");
    }

    /** Symbols are short words that can be printed. */
    @SpecRule(
            id = "X402-ASSET-04",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "a symbol is shown to people who decide by it, and stands in policies as a word",
            intent = "a symbol is one printable word of at most 32 characters",
            does = "reads every symbol",
            causes = {"an empty symbol", "a symbol with spaces or characters that cannot be seen"})
    default void asset_04_symbolsArePrintableWords(Bench bench) {
        for (Asset asset : assets(bench)) {
            bench.check(
                    asset.symbol().matches("[\\p{L}\\p{N}\\p{S}][\\p{L}\\p{N}\\p{S}.\\-_]{0,31}"),
                    "read the symbol of " + asset.id(),
                    "one printable word of at most 32 characters",
                    asset.symbol().length() + " characters that are none");
        }
    }

    /** Currencies are those of ISO 4217. */
    @SpecRule(
            id = "X402-ASSET-05",
            level = Level.MUST,
            spec = "v2 §11.1",
            derived = "a price in USD finds the assets that stand for USD by this code",
            intent = "a currency is empty or a code of ISO 4217",
            does = "reads the currency of every asset",
            causes = {"the symbol is written as the currency", "lower case"})
    default void asset_05_currenciesAreIso(Bench bench) {
        for (Asset asset : assets(bench)) {
            bench.check(
                    asset.currency().isEmpty()
                            || Currency.getAvailableCurrencies().stream()
                                    .anyMatch(known -> known.getCurrencyCode().equals(asset.currency())),
                    "read the currency of " + asset.id(),
                    "a code of ISO 4217, or nothing",
                    "\"" + asset.currency() + "\"");
        }
    }

    /** Assets stand on networks of the plugin's rails. */
    @SpecRule(
            id = "X402-ASSET-06",
            level = Level.SHOULD,
            spec = "v2 §11.1",
            derived = "an asset of a network that nobody knows is never found",
            intent = "every asset stands on the network of the offer or on one of a rail",
            does = "looks for the network of every asset among the networks of the rails",
            causes = {"a network that was renamed", "a typing mistake in the network"})
    default void asset_06_networksAreKnown(Bench bench) {
        if (bench.fixture().rails().isEmpty()) {
            throw bench.notApplicable("the fixture names no rail");
        }
        @Nullable
        Network judged =
                bench.claims(Capability.CLIENT) ? bench.fixture().offer().network() : null;
        for (Asset asset : assets(bench)) {
            bench.check(
                    asset.id().network().equals(judged)
                            || rail(bench, asset.id().network()).isPresent(),
                    "looked for the network of " + asset.id(),
                    "a rail that knows it",
                    "none");
        }
    }

    private static Collection<Asset> assets(Bench bench) {
        Collection<Asset> assets = bench.fixture().assets();
        if (assets.isEmpty()) {
            throw bench.notApplicable("the fixture names no asset");
        }
        return List.copyOf(assets);
    }

    private static Optional<Rail> rail(Bench bench, Network network) {
        return bench.fixture().rails().stream()
                .filter(rail ->
                        rail.networks().stream().anyMatch(known -> known.id().equals(network)))
                .findFirst();
    }
}
