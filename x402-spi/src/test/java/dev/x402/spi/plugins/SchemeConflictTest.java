package dev.x402.spi.plugins;

import static dev.x402.spi.plugins.Judged.found;
import static dev.x402.spi.plugins.Judged.loaded;
import static dev.x402.spi.plugins.Judged.name;
import static dev.x402.spi.plugins.Judged.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.PaymentScheme;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class SchemeConflictTest {
    private static final Network TOY_1 = Network.parse("toy:1");
    private static final Network TOY_2 = Network.parse("toy:2");

    @TempDir
    Path directory;

    @BeforeEach
    void forget_earlier_lines() {
        LogKeeper.take();
    }

    private static final class Mine extends Toy {
        Mine(String name, String networks) {
            super(name, networks);
        }
    }

    private static final class Theirs extends Toy {
        Theirs(String name, String networks) {
            super(name, networks);
        }
    }

    @Test
    void refuses_two_discovered_schemes_of_one_name_and_pattern() throws IOException {
        URL one = new PluginJar(directory, "one").version("1.0").scheme("One").pack();
        URL two = new PluginJar(directory, "two").version("2.0").scheme("Two").pack();

        try (URLClassLoader loader = PluginJar.loader(one, two)) {
            assertEquals(
                    List.of("several plugins were discovered for exact on toy:*: com.acme.One 1.0 (" + one
                            + ") and com.acme.Two 2.0 (" + two + "); leave one of the jars out,"
                            + " or add the plugin that you mean by Plugins.builder().add(…)"),
                    refusal(Plugins.builder().discover(loader)));
        }
    }

    @Test
    void refuses_two_added_schemes_of_one_name_and_pattern() {
        assertEquals(
                List.of("several plugins were added for exact on toy:*: " + name(Mine.class) + " and "
                        + name(Theirs.class) + "; add one of them"),
                refusal(Plugins.builder().add(new Mine("exact", "toy:*")).add(new Theirs("exact", "toy:*"))));
    }

    @Test
    void prefers_an_added_scheme_to_the_discovered_ones() {
        PaymentScheme mine = new Mine("exact", "toy:*");

        try (Plugins plugins = Plugins.builder()
                .discover(found(new Theirs("exact", "toy:*"), new Toy("exact", "toy:*")))
                .add(mine)
                .build()) {
            assertSame(mine, plugins.scheme(new Kind("exact", TOY_1)).orElseThrow());
        }
    }

    @Test
    void says_at_the_start_what_an_added_scheme_replaced() {
        String line = "exact on toy:* — " + name(Mine.class) + ", added explicitly, instead of the discovered "
                + name(Theirs.class);

        try (Plugins plugins = Plugins.builder()
                .discover(found(new Theirs("exact", "toy:*")))
                .add(new Mine("exact", "toy:*"))
                .build()) {
            assertEquals(List.of(line), loaded(plugins));
        }
        assertEquals(
                List.of(line),
                LogKeeper.take().stream().map(LogKeeper.Line::text).toList());
    }

    @Test
    void says_at_the_start_which_release_of_which_jar_serves_a_scheme() throws IOException {
        URL jar = new PluginJar(directory, "acme")
                .version("1.2.0")
                .scheme("Scheme")
                .pack();

        try (URLClassLoader loader = PluginJar.loader(jar)) {
            Plugins.builder().discover(loader).build().close();
        }
        assertEquals(
                List.of(new LogKeeper.Line(Level.INFO, "exact on toy:* — com.acme.Scheme 1.2.0 (" + jar + ")", null)),
                LogKeeper.take());
    }

    @Test
    void takes_overlapping_patterns_and_prefers_the_most_specific() {
        PaymentScheme family = new Mine("exact", "toy:*");
        PaymentScheme single = new Theirs("exact", "toy:1");

        try (Plugins plugins = Plugins.builder().add(family).add(single).build()) {
            assertEquals(
                    List.of(single, family),
                    List.of(
                            plugins.scheme(new Kind("exact", TOY_1)).orElseThrow(),
                            plugins.scheme(new Kind("exact", TOY_2)).orElseThrow()));
        }
    }

    @Test
    void hides_no_scheme_behind_a_more_specific_one_of_another_name() {
        PaymentScheme exact = new Mine("exact", "toy:*");

        try (Plugins plugins =
                Plugins.builder().add(exact).add(new Theirs("upto", "toy:1")).build()) {
            assertSame(exact, plugins.scheme(new Kind("exact", TOY_1)).orElseThrow());
        }
    }

    @Test
    void widens_two_networks_to_no_family() {
        try (Plugins plugins = Plugins.builder()
                .add(new Mine("exact", "toy:1"))
                .add(new Mine("exact", "toy:2"))
                .build()) {
            assertEquals(Optional.empty(), plugins.scheme(new Kind("exact", Network.parse("toy:3"))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Exact", "exact_1", "exact on", "123456789012345678901234567890123", "exäct"})
    void refuses_a_scheme_name_of_another_form(String name) {
        assertEquals(
                List.of(name(Mine.class) + ": name(): expected [a-z0-9-]{1,32}, saw \"" + name + "\""),
                refusal(Plugins.builder().add(new Mine(name, "toy:*"))));
    }

    @Test
    void takes_a_scheme_name_of_thirty_two_characters() {
        String name = "12345678901234567890123456789-ab";
        try (Plugins plugins = Plugins.builder().add(new Mine(name, "toy:*")).build()) {
            assertEquals(1, plugins.loaded().size());
        }
    }

    @Test
    void shows_a_hostile_name_shortened_and_without_control_characters() {
        assertEquals(
                List.of(name(Mine.class) + ": name(): expected [a-z0-9-]{1,32}, saw \"?[31m" + "a".repeat(75) + "…\""),
                refusal(Plugins.builder().add(new Mine("\u001b[31m" + "a".repeat(1_000), "toy:*"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x402", "x402-exact"})
    void refuses_a_scheme_name_that_is_reserved(String name) {
        assertEquals(
                List.of(name(Mine.class) + ": name(): names that begin with x402 are reserved for the protocol, saw \""
                        + name + "\"; choose another"),
                refusal(Plugins.builder().add(new Mine(name, "toy:*"))));
    }

    @Test
    void refuses_null_for_a_name_and_for_a_pattern_in_one_go() {
        assertEquals(
                List.of(
                        name(Nothing.class) + ": name(): expected a value, saw null",
                        name(Nothing.class) + ": networks(): expected a value, saw null"),
                refusal(Plugins.builder().add((PaymentScheme) new Nothing())));
    }

    /** A scheme that returns null wherever it can. */
    private static final class Nothing extends Toy {
        Nothing() {
            super("nothing", "toy:*");
        }

        @Override
        @SuppressWarnings("NullAway")
        public String name() {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway")
        public NetworkPattern networks() {
            return null;
        }
    }

    @Test
    void refuses_a_scheme_that_throws_and_keeps_the_cause() {
        IllegalStateException bang = new IllegalStateException("bang");
        PaymentScheme scheme = new Toy("exact", "toy:*") {
            @Override
            public String name() {
                throw bang;
            }
        };
        Plugins.Builder builder = Plugins.builder().add(scheme);

        PluginConfigurationException refusal = assertThrows(PluginConfigurationException.class, builder::build);

        assertEquals(
                "the plugins cannot be used:\n  1. " + name(scheme.getClass())
                        + ": name(): expected a value, threw java.lang.IllegalStateException: bang",
                refusal.getMessage());
        assertSame(bang, refusal.getCause());
    }

    @Test
    void refuses_a_scheme_that_throws_what_it_does_not_declare() {
        PaymentScheme scheme = new Toy("exact", "toy:*") {
            @Override
            public NetworkPattern networks() {
                throw SchemeConflictTest.<RuntimeException>undeclared(new IOException("bang"));
            }
        };

        assertEquals(
                List.of(name(scheme.getClass()) + ": networks(): expected a value, threw java.io.IOException: bang"),
                refusal(Plugins.builder().add(scheme)));
    }

    /** Throws as other languages of the JVM can. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E undeclared(Exception exception) throws E {
        throw (E) exception;
    }
}
