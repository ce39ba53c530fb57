package dev.x402.spi.plugins;

import java.util.List;

/** Where discovered plugins come from. */
@FunctionalInterface
interface PluginSource {
    /** The plugins of a service that could be constructed; what is wrong with the others is added to the problems. */
    <T> List<T> load(Class<T> service, Problems problems);
}
