package dev.x402.core.payer;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spi.Asset;
import dev.x402.spi.plugins.Plugins;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The units in which known assets can be counted: currencies first, then symbols, then assets by identifier. */
final class Units {
    private final Plugins plugins;
    private final Set<String> currencies = new TreeSet<>();
    private final Set<String> symbols = new TreeSet<>();

    private Units(Plugins plugins) {
        this.plugins = plugins;
    }

    static Units of(Plugins plugins) {
        Units units = new Units(plugins);
        List<Asset> assets = plugins.networks().stream()
                .map(network -> plugins.assets(network.id()))
                .flatMap(Collection::stream)
                .toList();
        assets.stream().map(Asset::currency).filter(code -> !code.isEmpty()).forEach(units.currencies::add);
        assets.stream().map(Asset::symbol).forEach(units.symbols::add);
        return units;
    }

    /** How a limit counts payments; empty when no known asset has its unit. */
    Optional<Measure> measure(MoneyTerm limit) {
        String unit = limit.unit();
        Optional<AssetId> named = limit.asset().map(this::canonical);
        if (named.isPresent()) {
            return limit.isAtomic() || plugins.asset(named.get()).isPresent()
                    ? Optional.of(new Measure(candidate -> candidate.assetId().equals(named.get()), limit.isAtomic()))
                    : Optional.empty();
        }
        if (currencies.contains(unit)) {
            return Optional.of(known(asset -> asset.currency().equals(unit)));
        }
        return symbols.contains(unit)
                ? Optional.of(known(asset -> asset.symbol().equals(unit)))
                : Optional.empty();
    }

    private AssetId canonical(AssetId written) {
        return plugins.canonicalAsset(written.network(), written.reference())
                .map(reference -> new AssetId(written.network(), reference))
                .orElse(written);
    }

    private static Measure known(Predicate<Asset> same) {
        return new Measure(candidate -> candidate.asset().filter(same).isPresent(), false);
    }

    /** Currencies and symbols, in alphabetical order. */
    Set<String> known() {
        Set<String> all = new TreeSet<>(currencies);
        all.addAll(symbols);
        return all;
    }

    static String named(Asset asset) {
        return asset.symbol() + (asset.currency().isEmpty() ? "" : ", which stands for " + asset.currency());
    }

    /**
     * Which payments a limit counts, and in what.
     *
     * @param same whether it counts this one; never one of an asset with unknown decimals unless it is atomic
     * @param atomic whether it counts the smallest unit
     */
    record Measure(Predicate<Candidate> same, boolean atomic) {
        boolean covers(Candidate candidate) {
            return same.test(candidate) && (atomic || candidate.asset().isPresent());
        }

        BigDecimal of(Candidate candidate, AtomicAmount amount) {
            return atomic
                    ? new BigDecimal(amount.value())
                    : candidate.asset().orElseThrow().toUnits(amount);
        }
    }
}
