package dev.x402.spi.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class ModulePathTest {
    @TempDir
    Path directory;

    @Test
    void discovers_by_itself_a_plugin_that_a_module_provides() throws Exception {
        URL jar = new PluginJar(directory, "acme")
                .scheme("Scheme")
                .module("com.acme.plugin", "provides dev.x402.spi.PaymentScheme with com.acme.Scheme;")
                .pack();
        ModuleFinder modules = ModuleFinder.of(
                PluginJar.home(PaymentScheme.class),
                PluginJar.home(Network.class),
                PluginJar.home(Logger.class),
                PluginJar.home(JsonFactory.class),
                Path.of(URI.create(jar.toString())));
        ModuleLayer boot = ModuleLayer.boot();
        Configuration resolved =
                boot.configuration().resolveAndBind(modules, ModuleFinder.of(), Set.of("dev.x402.spi"));
        ClassLoader loader = boot.defineModulesWithOneLoader(resolved, ClassLoader.getPlatformClassLoader())
                .findLoader("dev.x402.spi");

        Class<?> plugins = loader.loadClass(Plugins.class.getName());
        Object builder = plugins.getMethod("builder").invoke(null);
        Object discovering = builder.getClass().getMethod("discover").invoke(builder);
        Object built = discovering.getClass().getMethod("build").invoke(discovering);

        assertEquals(
                "[exact on toy:* — com.acme.Scheme (" + jar + ")]",
                ((List<?>) plugins.getMethod("loaded").invoke(built)).toString());
    }
}
