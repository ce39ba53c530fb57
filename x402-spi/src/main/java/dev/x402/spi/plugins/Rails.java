package dev.x402.spi.plugins;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The networks, each with its one rail. */
final class Rails {
    private record Known(RailNetwork network, Plugin<Rail> plugin) {}

    private interface Spelling {
        Optional<String> canonical(Rail rail, Network network, String text);
    }

    private final SortedMap<Network, Known> known = new TreeMap<>();
    private final List<PluginInfo> loaded = new ArrayList<>();

    static Rails of(List<Plugin<Rail>> plugins, Problems problems) {
        Rails rails = new Rails();
        Map<Network, Map<Plugin<Rail>, RailNetwork>> candidates = new TreeMap<>();
        for (Plugin<Rail> plugin : plugins) {
            read(plugin, problems)
                    .forEach(network -> candidates
                            .computeIfAbsent(network.id(), id -> new LinkedHashMap<>())
                            .put(plugin, network));
        }
        Map<Plugin<Rail>, List<String>> replaced = new LinkedHashMap<>();
        candidates.forEach((id, byPlugin) -> {
            Contest<Rail> contest = Contest.decide("the network " + id, List.copyOf(byPlugin.keySet()), problems);
            contest.winner().ifPresent(winner -> {
                rails.known.put(id, new Known(requireNonNull(byPlugin.get(winner)), winner));
                contest.losers()
                        .forEach(loser -> replaced.computeIfAbsent(winner, plugin -> new ArrayList<>())
                                .add(loser + " for " + id));
            });
        });
        for (Plugin<Rail> plugin : plugins) {
            List<Network> served = rails.known.values().stream()
                    .filter(one -> one.plugin().equals(plugin))
                    .map(one -> one.network().id())
                    .toList();
            if (!served.isEmpty()) {
                rails.loaded.add(
                        plugin.info("rail of " + Summary.of(served), replaced.getOrDefault(plugin, List.of())));
            }
        }
        return rails;
    }

    private static Collection<RailNetwork> read(Plugin<Rail> plugin, Problems problems) {
        String what = plugin.origin() + ": networks()";
        Collection<RailNetwork> networks =
                Guard.read(what, () -> plugin.instance().networks(), problems).orElse(List.of());
        if (!Guard.complete(what, networks, problems)) {
            return List.of();
        }
        Map<Network, RailNetwork> once = new LinkedHashMap<>();
        for (RailNetwork network : networks) {
            if (once.put(network.id(), network) != null) {
                problems.add(what + ": expected each network once, saw " + network.id() + " twice");
            }
        }
        return once.values();
    }

    Optional<RailNetwork> find(Network network) {
        return Optional.ofNullable(known.get(network)).map(Known::network);
    }

    List<RailNetwork> networks() {
        return known.values().stream().map(Known::network).toList();
    }

    Optional<String> canonicalAccount(Network network, String account) {
        return canonical(network, account, "canonicalAccount", Rail::canonicalAccount);
    }

    Optional<String> canonicalAsset(Network network, String reference) {
        return canonical(network, reference, "canonicalAsset", Rail::canonicalAsset);
    }

    private Optional<String> canonical(Network network, String text, String method, Spelling spelling) {
        Known one = known.get(network);
        return one == null
                ? Optional.of(text)
                : Guard.read(
                        () -> one.plugin().origin() + ": " + method + "() on " + network,
                        () -> spelling.canonical(one.plugin().instance(), network, text));
    }

    boolean isReference(Network network, String reference) {
        Known one = known.get(network);
        return one == null
                ? !reference.isBlank()
                : Guard.read(
                        () -> one.plugin().origin() + ": isReference() on " + network,
                        () -> one.plugin().instance().isReference(network, reference));
    }

    /** Where the rail of the network comes from; empty where no rail knows it. */
    String location(Network network) {
        Known one = known.get(network);
        return one == null ? "" : one.plugin().origin().location();
    }

    List<PluginInfo> loaded() {
        return Collections.unmodifiableList(loaded);
    }
}
