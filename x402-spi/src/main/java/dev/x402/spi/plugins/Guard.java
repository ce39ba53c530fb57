package dev.x402.spi.plugins;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls a plugin, and names it when it throws or returns null. */
final class Guard {
    private Guard() {}

    /** What the plugin returns; empty, and a problem more, when it throws or returns null. */
    static <T> Optional<T> read(String what, Supplier<T> call, Problems problems) {
        try {
            @Nullable T value = call.get();
            if (value == null) {
                problems.add(what + ": expected a value, saw null");
            }
            return Optional.ofNullable(value);
        } catch (RuntimeException | LinkageError failed) {
            problems.add(what + " threw " + failed, failed);
            return Optional.empty();
        }
    }

    /**
     * What the plugin returns.
     *
     * @throws PluginConfigurationException when it throws or returns null
     */
    static <T> T read(String what, Supplier<T> call) {
        Problems problems = new Problems();
        Optional<T> value = read(what, call, problems);
        problems.throwIfAny();
        return value.orElseThrow();
    }

    /** Whether the collection has no null in it; a problem more when it has. */
    static boolean complete(String what, Iterable<?> values, Problems problems) {
        for (Object value : values) {
            if (value == null) {
                problems.add(what + ": expected no null among the elements, saw one");
                return false;
            }
        }
        return true;
    }

    static void fail(String problem) {
        throw new PluginConfigurationException(List.of(problem));
    }
}
