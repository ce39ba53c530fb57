package dev.x402.spi.plugins;

import java.util.List;
import java.util.Optional;

/** Several plugins for one thing: an explicit one beats the discovered, and there must be one winner. */
record Contest<T>(Optional<Plugin<T>> winner, List<Plugin<T>> replaced) {
    static <T> Contest<T> decide(String what, List<Plugin<T>> candidates, Problems problems) {
        List<Plugin<T>> explicit = candidates.stream().filter(Plugin::explicit).toList();
        List<Plugin<T>> discovered =
                candidates.stream().filter(plugin -> !plugin.explicit()).toList();
        if (explicit.size() > 1) {
            problems.add("several plugins were added for " + what + ": " + Plugin.list(explicit) + "; add one of them");
            return new Contest<>(Optional.empty(), List.of());
        }
        if (explicit.isEmpty() && discovered.size() > 1) {
            problems.add("several plugins were discovered for " + what + ": " + Plugin.list(discovered)
                    + "; leave one of the jars out, or add the plugin that you mean by Plugins.builder().add(…)");
            return new Contest<>(Optional.empty(), List.of());
        }
        return explicit.isEmpty()
                ? new Contest<>(discovered.stream().findFirst(), List.of())
                : new Contest<>(Optional.of(explicit.get(0)), discovered);
    }

    List<String> losers() {
        return replaced.stream().map(plugin -> plugin.origin().toString()).toList();
    }
}
