package dev.x402.spi.plugins;

import dev.x402.spi.PaymentExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The extensions, one for each key, in the keys' order. */
final class Extensions {
    private final List<PaymentExtension> all = new ArrayList<>();
    private final List<PluginInfo> loaded = new ArrayList<>();

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

    List<PaymentExtension> all() {
        return Collections.unmodifiableList(all);
    }

    List<PluginInfo> loaded() {
        return Collections.unmodifiableList(loaded);
    }
}
