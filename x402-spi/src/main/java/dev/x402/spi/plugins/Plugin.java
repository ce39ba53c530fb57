package dev.x402.spi.plugins;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** An instance that the application added or discovery found; equal to itself only. */
final class Plugin<T> {
    private final T instance;
    private final boolean explicit;
    private final Origin origin;

    Plugin(T instance, boolean explicit) {
        this.instance = instance;
        this.explicit = explicit;
        this.origin = Origin.of(instance);
    }

    T instance() {
        return instance;
    }

    boolean explicit() {
        return explicit;
    }

    Origin origin() {
        return origin;
    }

    PluginInfo info(String provides, Collection<String> replaced) {
        return new PluginInfo(
                provides, origin.type(), origin.version(), origin.location(), explicit, List.copyOf(replaced));
    }

    static String list(Collection<? extends Plugin<?>> plugins) {
        return plugins.stream().map(plugin -> plugin.origin().toString()).collect(Collectors.joining(" and "));
    }
}
