package dev.x402.spi.plugins;

import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentExtension.ClientSide;
import dev.x402.spi.PaymentExtension.FacilitatorSide;
import dev.x402.spi.PaymentExtension.ServerSide;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The extensions, one for each key, in the keys' order. */
final class Extensions {
    private final List<PaymentExtension> all = new ArrayList<>();
    private final List<PluginInfo> loaded = new ArrayList<>();
    private final List<ExtensionSides> sides = new ArrayList<>();

    static Extensions of(List<Plugin<PaymentExtension>> plugins, Problems problems) {
        Extensions extensions = new Extensions();
        Map<String, List<Plugin<PaymentExtension>>> byKey = new TreeMap<>();
        for (Plugin<PaymentExtension> plugin : plugins) {
            String what = plugin.origin() + ": key()";
            Guard.read(what, () -> plugin.instance().key(), problems)
                    .filter(key -> Names.extension(what, key, problems))
                    .ifPresent(key ->
                            byKey.computeIfAbsent(key, one -> new ArrayList<>()).add(plugin));
        }
        byKey.forEach((key, candidates) -> {
            Contest<PaymentExtension> contest = Contest.decide("the extension " + key, candidates, problems);
            contest.winner().ifPresent(winner -> {
                extensions.all.add(winner.instance());
                extensions.loaded.add(winner.info("extension " + key, contest.losers()));
            });
        });
        return extensions;
    }

    /** Makes the sides known, of which none is created yet. */
    void open(Supplier<Context> contexts, Accounts accounts, OpenSides open) {
        for (int i = 0; i < all.size(); i++) {
            sides.add(ExtensionSides.of(all.get(i), loaded.get(i), contexts, accounts, open));
        }
    }

    Map<String, ClientSide> clients() {
        return created(ExtensionSides::client);
    }

    Map<String, ServerSide> servers() {
        return created(ExtensionSides::server);
    }

    Map<String, FacilitatorSide> facilitators() {
        return created(ExtensionSides::facilitator);
    }

    private <S extends AutoCloseable> Map<String, S> created(Function<ExtensionSides, Side<S>> side) {
        Map<String, S> byKey = new LinkedHashMap<>();
        sides.forEach(one -> side.apply(one).find().ifPresent(present -> byKey.put(one.key(), present)));
        return Collections.unmodifiableMap(byKey);
    }

    List<PaymentExtension> all() {
        return Collections.unmodifiableList(all);
    }

    List<PluginInfo> loaded() {
        return Collections.unmodifiableList(loaded);
    }
}
