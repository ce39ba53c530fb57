package dev.x402.spi.plugins;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One plugin that is in use, and where it comes from.
 *
 * @param provides such as {@code exact on eip155:*}
 * @param type its class
 * @param version by its manifest or module; empty where neither says one
 * @param location of its jar; empty where it has none
 * @param explicit whether the application added it, rather than discovery
 * @param replaced the discovered plugins that gave way to it
 */
public record PluginInfo(
        String provides, String type, String version, String location, boolean explicit, List<String> replaced) {
    public PluginInfo {
        requireNonNull(provides, "provides");
        requireNonNull(type, "type");
        requireNonNull(version, "version");
        requireNonNull(location, "location");
        replaced = List.copyOf(replaced);
    }

    /** The line that is logged at the start. */
    @Override
    public String toString() {
        return provides + " — " + new Origin(type, version, location) + (explicit ? ", added explicitly" : "")
                + (replaced.isEmpty() ? "" : ", instead of the discovered " + String.join(" and ", replaced));
    }
}
