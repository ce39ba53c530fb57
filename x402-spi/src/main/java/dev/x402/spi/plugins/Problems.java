package dev.x402.spi.plugins;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that it is said once. */
final class Problems {
    private final Set<String> texts = new LinkedHashSet<>();
    private final List<Throwable> causes = new ArrayList<>();

    void add(String text) {
        texts.add(text);
    }

    void add(String text, Throwable cause) {
        if (texts.add(text)) {
            causes.add(cause);
        }
    }

    void add(PluginConfigurationException found) {
        Throwable cause = found.getCause();
        found.problems().forEach(cause == null ? this::add : text -> add(text, cause));
    }

    /** Throws when there is a problem: the first cause is the cause, the others are suppressed. */
    void throwIfAny() {
        if (texts.isEmpty()) {
            return;
        }
        PluginConfigurationException all = new PluginConfigurationException(List.copyOf(texts));
        if (!causes.isEmpty()) {
            all.initCause(causes.get(0));
            causes.stream().skip(1).forEach(all::addSuppressed);
        }
        throw all;
    }
}
