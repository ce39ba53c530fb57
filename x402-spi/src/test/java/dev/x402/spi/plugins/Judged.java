package dev.x402.spi.plugins;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;

/** What the tests of conflicts ask of a builder. */
final class Judged {
    private Judged() {}

    /** Discovery that finds these. */
    static PluginSource found(Object... plugins) {
        return new PluginSource() {
            @Override
            public <T> List<T> load(Class<T> service, Problems problems) {
                return Arrays.stream(plugins)
                        .filter(service::isInstance)
                        .map(service::cast)
                        .toList();
            }
        };
    }

    /** All that is wrong. */
    static List<String> refusal(Plugins.Builder builder) {
        return assertThrows(PluginConfigurationException.class, builder::build).problems();
    }

    /** A class of the tests as messages show it. */
    static String name(Class<?> type) {
        return type.getName() + " ("
                + type.getProtectionDomain().getCodeSource().getLocation() + ")";
    }

    /** The lines of the start. */
    static List<String> loaded(Plugins plugins) {
        return plugins.loaded().stream().map(PluginInfo::toString).toList();
    }
}
