package dev.x402.spi.plugins;

import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The assets by canonical spelling.
 *
 * <p>Which asset is a network's default never hangs on the order of the class path: sources that the application added
 * come first, then those from the jar of the network's rail, then the others by class name.
 */
final class Assets {
    private record Known(Asset asset, Plugin<AssetSource> plugin) {}

    private final Rails rails;
    private final Map<AssetId, Known> known = new HashMap<>();
    private final Map<Network, List<Asset>> byNetwork = new HashMap<>();
    private final List<PluginInfo> loaded = new ArrayList<>();

    private Assets(Rails rails) {
        this.rails = rails;
    }

    static Assets of(List<Plugin<AssetSource>> plugins, Rails rails, Problems problems) {
        Assets assets = new Assets(rails);
        Map<Plugin<AssetSource>, Collection<Asset>> bySource = new LinkedHashMap<>();
        plugins.forEach(plugin -> bySource.put(plugin, read(plugin, problems)));
        Map<Network, List<Known>> found = new HashMap<>();
        bySource.forEach((plugin, all) -> all.forEach(asset -> assets.canonical(plugin, asset, problems)
                .ifPresent(one -> found.computeIfAbsent(one.id().network(), id -> new ArrayList<>())
                        .add(new Known(one, plugin)))));
        found.forEach((network, all) -> {
            all.sort(assets.precedence(network));
            all.forEach(one -> assets.add(one, problems));
        });
        assets.byNetwork.replaceAll((network, all) -> List.copyOf(all));
        bySource.forEach((plugin, all) -> {
            if (!all.isEmpty()) {
                assets.loaded.add(plugin.info(describe(all), List.of()));
            }
        });
        return assets;
    }

    private static Collection<Asset> read(Plugin<AssetSource> plugin, Problems problems) {
        String what = plugin.origin() + ": assets()";
        Collection<Asset> assets =
                Guard.read(what, () -> plugin.instance().assets(), problems).orElse(List.of());
        return Guard.complete(what, assets, problems) ? List.copyOf(assets) : List.of();
    }

    private static String describe(Collection<Asset> assets) {
        TreeSet<Network> networks = new TreeSet<>();
        assets.forEach(asset -> networks.add(asset.id().network()));
        return assets.size() + (assets.size() == 1 ? " asset on " : " assets on ") + Summary.of(networks);
    }

    private Optional<Asset> canonical(Plugin<AssetSource> plugin, Asset asset, Problems problems) {
        AssetId id = asset.id();
        Optional<String> reference;
        try {
            reference = rails.canonicalAsset(id.network(), id.reference());
        } catch (PluginConfigurationException broken) {
            problems.add(broken);
            return Optional.empty();
        }
        if (reference.isEmpty()) {
            problems.add(
                    plugin.origin() + ": asset " + id + ": expected a form that the network's rail knows, saw another");
        }
        return reference.map(text -> new Asset(
                new AssetId(id.network(), text), asset.symbol(), asset.decimals(), asset.currency(), asset.extra()));
    }

    private Comparator<Known> precedence(Network network) {
        String home = rails.location(network);
        return Comparator.comparing((Known one) -> !one.plugin().explicit())
                .thenComparing(one -> one.plugin().explicit()
                        || home.isEmpty()
                        || !one.plugin().origin().location().equals(home))
                .thenComparing(one ->
                        one.plugin().explicit() ? "" : one.plugin().origin().type());
    }

    private void add(Known one, Problems problems) {
        Known before = known.putIfAbsent(one.asset().id(), one);
        if (before == null) {
            byNetwork
                    .computeIfAbsent(one.asset().id().network(), network -> new ArrayList<>())
                    .add(one.asset());
        } else if (!before.asset().equals(one.asset())) {
            problems.add("asset " + one.asset().id() + ": " + before.plugin().origin() + " says "
                    + words(before.asset(), one.asset()) + ", " + one.plugin().origin() + " says "
                    + words(one.asset(), before.asset()) + "; leave one of them out");
        }
    }

    /** The members in which an asset differs from another. */
    private static String words(Asset asset, Asset other) {
        List<String> words = new ArrayList<>();
        if (asset.decimals() != other.decimals()) {
            words.add(asset.decimals() + " decimals");
        }
        if (!asset.symbol().equals(other.symbol())) {
            words.add("symbol " + asset.symbol());
        }
        if (!asset.currency().equals(other.currency())) {
            words.add("currency " + (asset.currency().isEmpty() ? "none" : asset.currency()));
        }
        if (!asset.extra().equals(other.extra())) {
            words.add("extra " + asset.extra().members().keySet());
        }
        return String.join(" and ", words);
    }

    Optional<Asset> find(AssetId id) {
        return rails.canonicalAsset(id.network(), id.reference())
                .map(reference -> known.get(new AssetId(id.network(), reference)))
                .map(Known::asset);
    }

    List<Asset> on(Network network) {
        return byNetwork.getOrDefault(network, List.of());
    }

    List<Asset> all() {
        return byNetwork.keySet().stream()
                .sorted()
                .flatMap(network -> on(network).stream())
                .toList();
    }

    List<PluginInfo> loaded() {
        return Collections.unmodifiableList(loaded);
    }
}
