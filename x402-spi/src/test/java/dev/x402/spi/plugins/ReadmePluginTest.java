package dev.x402.spi.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmePluginTest {
    @TempDir
    Path directory;

    private static String example() throws IOException {
        return Files.readString(Path.of("README.md")).split("```java\n", -1)[1].split("```", -1)[0];
    }

    @Test
    void fits_in_forty_lines() throws IOException {
        long lines = example().lines().count();
        assertTrue(lines > 20 && lines <= 40, lines + " lines");
    }

    @Test
    void compiles_and_is_found_and_pays_by_its_port() throws Exception {
        URL jar = new PluginJar(directory, "toy")
                .type("ToyScheme", example())
                .service(PaymentScheme.class, "com.acme.ToyScheme")
                .pack();
        try (URLClassLoader loader = PluginJar.loader(jar)) {
            Class<?> port = loader.loadClass("com.acme.ToyScheme$ToyPurse");
            try (Plugins plugins =
                    give(Plugins.builder().discover(loader), port).build()) {
                assertTrue(plugins.findClient(new Kind("exact", Network.parse("toy:1")))
                        .isPresent());
            }
            try (Plugins plugins = Plugins.builder().discover(loader).build()) {
                assertEquals(
                        List.of(),
                        plugins.findClient(new Kind("exact", Network.parse("toy:1"))).stream()
                                .toList());
            }
        }
    }

    private static <T> Plugins.Builder give(Plugins.Builder builder, Class<T> port) {
        return builder.port(
                port,
                port.cast(Proxy.newProxyInstance(
                        port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> "signature")));
    }
}
