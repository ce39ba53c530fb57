package dev.x402.spi.plugins;

import dev.x402.spi.RailUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Calls a plugin, and names it when it throws or returns null. */
final class Guard {
    private Guard() {}

    /** What the plugin returns; empty, and a problem more, when it throws or returns null. */
    static <T> Optional<T> read(String what, Supplier<T> call, Problems problems) {
        try {
            return Optional.of(read(() -> what, call));
        } catch (PluginConfigurationException broken) {
            problems.add(broken);
            return Optional.empty();
        }
    }

    /**
     * What the plugin returns.
     *
     * @throws PluginConfigurationException when it throws or returns null
     * @throws RailUnavailableException when it says so
     */
    static <T> T read(Supplier<String> what, Supplier<T> call) {
        T value;
        try {
            value = call.get();
        } catch (RailUnavailableException unavailable) {
            throw new RailUnavailableException(what.get() + ": " + unavailable.getMessage(), unavailable);
        } catch (Exception | LinkageError failed) {
            throw new PluginConfigurationException(List.of(what.get() + ": expected a value, threw " + failed), failed);
        }
        if (value == null) {
            throw new PluginConfigurationException(List.of(what.get() + ": expected a value, saw null"));
        }
        return value;
    }

    /** Whether the collection has no null in it; a problem more when it has. */
    static boolean complete(String what, Collection<?> values, Problems problems) {
        if (values.stream().allMatch(Objects::nonNull)) {
            return true;
        }
        problems.add(what + ": expected no null among the elements, saw one");
        return false;
    }
}
