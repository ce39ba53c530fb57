package dev.x402.spi.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenPluginsTest {
    private static final String SERVICE = "dev.x402.spi.PaymentScheme";

    @TempDir
    Path directory;

    private PluginJar jar() {
        return new PluginJar(directory, "acme");
    }

    private static PluginConfigurationException refusal(URL... jars) throws IOException {
        try (URLClassLoader loader = PluginJar.loader(jars)) {
            Plugins.Builder builder = Plugins.builder().discover(loader);
            return assertThrows(PluginConfigurationException.class, builder::build);
        }
    }

    private static String file(URL jar) {
        return PluginJar.serviceFile(jar, PaymentScheme.class).toString();
    }

    private static String version(String what, Class<?> type) {
        return what
                + Optional.ofNullable(type.getPackage().getImplementationVersion())
                        .map(version -> " " + version)
                        .orElse(" of unknown version");
    }

    /** The end of a message about a link error. */
    private static String alignment(String plugin) {
        return "are its jars of one release? Seen: " + plugin + ", " + version("x402-spi", Plugins.class) + ", "
                + version("x402-spec", Network.class) + "; align them, as by x402-bom";
    }

    @Test
    void names_a_class_that_is_absent() throws IOException {
        URL jar = jar().service(PaymentScheme.class, "com.acme.Absent").pack();

        assertEquals(
                List.of(SERVICE + ": Provider com.acme.Absent not found, named by " + file(jar)
                        + "; repair that jar or leave it out"),
                refusal(jar).problems());
    }

    @Test
    void names_a_class_that_is_no_scheme() throws IOException {
        URL jar = jar().type("NoScheme", "package com.acme; public class NoScheme {}")
                .service(PaymentScheme.class, "com.acme.NoScheme")
                .pack();

        assertEquals(
                List.of(SERVICE + ": com.acme.NoScheme not a subtype, named by " + file(jar)
                        + "; repair that jar or leave it out"),
                refusal(jar).problems());
    }

    @Test
    void names_a_class_without_public_no_argument_constructor() throws IOException {
        URL jar = jar().scheme("Shy", "public Shy(String name) {}", "\"exact\"", "null")
                .pack();

        assertEquals(
                List.of(SERVICE + ": com.acme.Shy Unable to get public no-arg constructor, named by " + file(jar)
                        + "; repair that jar or leave it out"),
                refusal(jar).problems());
    }

    @Test
    void names_a_class_whose_constructor_throws() throws IOException {
        URL jar = jar().version("1.2.0")
                .scheme("Bang", "public Bang() { throw new IllegalStateException(\"bang\"); }", "\"exact\"", "null")
                .pack();

        assertEquals(
                List.of("com.acme.Bang 1.2.0 (" + jar
                        + ") cannot be constructed: java.lang.IllegalStateException: bang;"
                        + " repair that jar or leave it out"),
                refusal(jar).problems());
    }

    @Test
    void names_a_class_whose_static_initialiser_throws() throws IOException {
        URL jar = jar().scheme("Bang", "static final int N = Integer.parseInt(\"bang\");", "\"exact\"", "null")
                .pack();

        assertEquals(
                List.of("com.acme.Bang (" + jar + ") cannot be constructed: java.lang.ExceptionInInitializerError;"
                        + " repair that jar or leave it out"),
                refusal(jar).problems());
    }

    @Test
    void compares_releases_when_a_class_of_a_field_is_missing() throws IOException {
        URL jar = jar().version("3.0")
                .type("Gone", "package com.acme; public class Gone {}")
                .scheme("Skewed", "private final Gone gone = new Gone();", "\"exact\"", "null")
                .without("Gone")
                .pack();

        assertEquals(
                List.of("com.acme.Skewed 3.0 (" + jar
                        + ") cannot be constructed: java.lang.NoClassDefFoundError: com/acme/Gone; "
                        + alignment("com.acme.Skewed 3.0")),
                refusal(jar).problems());
    }

    @Test
    void compares_releases_when_a_superclass_is_missing() throws IOException {
        URL jar = skewed("acme").pack();

        assertEquals(
                List.of("com.acme.Skewed, named by " + file(jar)
                        + ", does not link: java.lang.NoClassDefFoundError: com/acme/Gone; "
                        + alignment("com.acme.Skewed 3.0")),
                refusal(jar).problems());
    }

    private PluginJar skewed(String name) {
        return new PluginJar(directory, name)
                .version("3.0")
                .type("Gone", "package com.acme; public class Gone {}")
                .type(
                        "Skewed",
                        PluginJar.SCHEME
                                .formatted("Skewed", "", "\"exact\"", "null")
                                .replace("Skewed implements", "Skewed extends Gone implements"))
                .service(PaymentScheme.class, "com.acme.Skewed")
                .without("Gone");
    }

    @Test
    void keeps_the_loaders_own_error_as_the_cause() throws IOException {
        assertInstanceOf(
                NoClassDefFoundError.class, refusal(skewed("acme").pack()).getCause());
    }

    @Test
    void names_the_line_of_a_service_file_that_is_malformed() throws IOException {
        URL jar = jar().scheme("Sound").service(PaymentScheme.class, "-bad").pack();

        assertEquals(
                List.of(SERVICE + ": " + file(jar)
                        + ":2: Illegal provider-class name: -bad; repair that jar or leave it out"),
                refusal(jar).problems());
    }

    @Test
    void takes_a_class_once_that_is_named_twice() throws IOException {
        URL jar = jar().scheme("Sound")
                .service(PaymentScheme.class, "com.acme.Sound")
                .pack();

        try (URLClassLoader loader = PluginJar.loader(jar);
                Plugins plugins = Plugins.builder().discover(loader).build()) {
            assertEquals(
                    List.of("exact on toy:* — com.acme.Sound (" + jar + ")"),
                    plugins.loaded().stream().map(PluginInfo::toString).toList());
        }
    }

    @Test
    void takes_a_class_once_that_is_discovered_twice() throws IOException {
        URL jar = jar().scheme("Sound").pack();

        try (URLClassLoader loader = PluginJar.loader(jar);
                Plugins plugins =
                        Plugins.builder().discover(loader).discover(loader).build()) {
            assertEquals(1, plugins.loaded().size());
        }
    }

    @Test
    void lists_every_broken_plugin_at_once_and_in_one_message() throws IOException {
        URL absent = new PluginJar(directory, "absent")
                .service(PaymentScheme.class, "com.acme.Absent")
                .pack();
        URL skewed = skewed("skewed").pack();
        URL nameless = new PluginJar(directory, "nameless")
                .scheme("Nameless", "", "null", "dev.x402.spec.NetworkPattern.parse(\"toy:*\")")
                .pack();

        PluginConfigurationException refusal = refusal(absent, skewed, nameless);

        assertEquals(
                "the plugins cannot be used:\n  1. " + SERVICE + ": Provider com.acme.Absent not found, named by "
                        + file(absent) + "; repair that jar or leave it out\n  2. com.acme.Skewed, named by "
                        + file(skewed) + ", does not link: java.lang.NoClassDefFoundError: com/acme/Gone; "
                        + alignment("com.acme.Skewed 3.0") + "\n  3. com.acme.Nameless (" + nameless
                        + "): name(): expected a value, saw null",
                refusal.getMessage());
    }

    @Test
    void runs_no_code_of_a_plugin_that_is_not_allowed() throws IOException {
        URL jar = jar().scheme("Bang", "static final int N = Integer.parseInt(\"bang\");", "\"exact\"", "null")
                .pack();

        try (URLClassLoader loader = PluginJar.loader(jar);
                Plugins plugins = Plugins.builder()
                        .discover(loader, type -> !type.getName().startsWith("com.acme."))
                        .build()) {
            assertEquals(List.of(), plugins.loaded());
        }
    }

    @Test
    void finds_the_sound_plugins_beside_a_broken_one() throws IOException {
        URL broken = skewed("a").pack();
        URL sound = new PluginJar(directory, "b").scheme("Sound").pack();
        Problems problems = new Problems();

        try (URLClassLoader loader = PluginJar.loader(broken, sound)) {
            List<PaymentScheme> found = new ServiceSource(loader, type -> true).load(PaymentScheme.class, problems);
            assertEquals(
                    List.of("com.acme.Sound"),
                    found.stream().map(scheme -> scheme.getClass().getName()).toList());
        }
    }

    @Test
    void says_nothing_of_jars_without_plugins() throws IOException {
        URL jar = jar().type("Plain", "package com.acme; public class Plain {}").pack();

        try (URLClassLoader loader = PluginJar.loader(jar);
                Plugins plugins = Plugins.builder().discover(loader).build()) {
            assertFalse(plugins.loaded().iterator().hasNext());
        }
    }

    @Test
    void ends_when_service_files_name_too_many_plugins() throws IOException {
        PluginJar jar = jar();
        for (int i = 0; i < 1_001; i++) {
            jar.service(PaymentScheme.class, "com.acme.Absent" + i);
        }

        List<String> problems = refusal(jar.pack()).problems();

        assertEquals(
                SERVICE + ": expected at most 1000 plugins in service files, saw more; leave jars out",
                problems.get(problems.size() - 1));
    }
}
