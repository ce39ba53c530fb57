package dev.x402.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModuleTest {
    private static ModuleDescriptor descriptor() throws IOException {
        String home = PaymentScheme.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        String file = (home.endsWith(".jar") ? "jar:" + home + "!/" : home) + "module-info.class";
        try (InputStream in = URI.create(file).toURL().openStream()) {
            return ModuleDescriptor.read(in);
        }
    }

    @Test
    void discovers_what_plugins_implement_also_on_the_module_path() throws IOException {
        assertEquals(
                Set.of(
                        AssetSource.class.getName(),
                        PaymentExtension.class.getName(),
                        PaymentScheme.class.getName(),
                        Rail.class.getName()),
                descriptor().uses());
    }

    @Test
    void exports_the_contracts_and_the_registry() throws IOException {
        assertEquals(
                Set.of("dev.x402.spi", "dev.x402.spi.plugins"),
                descriptor().exports().stream()
                        .map(ModuleDescriptor.Exports::source)
                        .collect(Collectors.toSet()));
    }

    @Test
    void provides_no_plugin_itself() throws IOException {
        assertEquals(Set.of(), descriptor().provides());
    }
}
