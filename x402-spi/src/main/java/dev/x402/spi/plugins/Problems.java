package dev.x402.spi.plugins;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that it is said once. */
final class Problems {
    private final List<String> texts = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();

    void add(String text) {
        texts.add(text);
    }

    void add(String text, Throwable cause) {
        texts.add(text);
        causes.add(cause);
    }

    /** Throws when there is a problem: the first cause is the cause, the others are suppressed. */
    void throwIfAny() {
        if (texts.isEmpty()) {
            return;
        }
        PluginConfigurationException all = new PluginConfigurationException(texts);
        if (!causes.isEmpty()) {
            all.initCause(causes.get(0));
            causes.stream().skip(1).forEach(all::addSuppressed);
        }
        throw all;
    }
}
