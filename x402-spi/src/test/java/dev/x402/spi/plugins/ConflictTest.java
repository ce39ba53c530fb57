package dev.x402.spi.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class ConflictTest {
    private static final Network TOY_1 = Network.parse("toy:1");
    private static final Network TOY_2 = Network.parse("toy:2");
    private static final String HERE =
            " (" + ConflictTest.class.getProtectionDomain().getCodeSource().getLocation() + ")";

    @TempDir
    Path directory;

    @BeforeEach
    void forget_earlier_lines() {
        LogKeeper.take();
    }

    /** Discovery that finds these. */
    private static PluginSource found(Object... plugins) {
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

    private static List<String> refusal(Plugins.Builder builder) {
        return assertThrows(PluginConfigurationException.class, builder::build).problems();
    }

    private static String name(Class<?> type) {
        return type.getName() + HERE;
    }

    private static List<String> loaded(Plugins plugins) {
        return plugins.loaded().stream().map(PluginInfo::toString).toList();
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

    // Schemes

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

    // Rails

    private static class Track implements Rail {
        private final List<RailNetwork> networks;

        Track(String... networks) {
            this.networks =
                    Arrays.stream(networks).map(ConflictTest::railNetwork).toList();
        }

        @Override
        public Collection<RailNetwork> networks() {
            return networks;
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return account.isEmpty() ? Optional.empty() : Optional.of(account.toLowerCase(Locale.ROOT));
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return asset.startsWith("0x") ? Optional.of(asset.toLowerCase(Locale.ROOT)) : Optional.empty();
        }
    }

    private static final class OtherTrack extends Track {
        OtherTrack(String... networks) {
            super(networks);
        }
    }

    private static RailNetwork railNetwork(String id) {
        return new RailNetwork(Network.parse(id), id, true, Duration.ZERO, Duration.ZERO, Stage.FINAL);
    }

    @Test
    void refuses_two_discovered_rails_for_one_network() {
        assertEquals(
                List.of("several plugins were discovered for the network toy:2: " + name(Track.class) + " and "
                        + name(OtherTrack.class) + "; leave one of the jars out,"
                        + " or add the plugin that you mean by Plugins.builder().add(…)"),
                refusal(Plugins.builder()
                        .discover(found(new Track("toy:1", "toy:2"), new OtherTrack("toy:2", "toy:3")))));
    }

    @Test
    void refuses_two_added_rails_for_one_network() {
        assertEquals(
                List.of("several plugins were added for the network toy:1: " + name(Track.class) + " and "
                        + name(Track.class) + "; add one of them"),
                refusal(Plugins.builder().add(new Track("toy:1")).add(new Track("toy:1"))));
    }

    @Test
    void prefers_an_added_rail_network_by_network() {
        try (Plugins plugins = Plugins.builder()
                .discover(found(new Track("toy:1", "toy:2")))
                .add(new OtherTrack("toy:2"))
                .build()) {
            assertEquals(
                    List.of(
                            "rail of toy:2 — " + name(OtherTrack.class)
                                    + ", added explicitly, instead of the discovered " + name(Track.class)
                                    + " for toy:2",
                            "rail of toy:1 — " + name(Track.class)),
                    loaded(plugins));
        }
    }

    @Test
    void refuses_a_rail_that_names_a_network_twice() {
        assertEquals(
                List.of(name(Track.class) + ": networks(): expected each network once, saw toy:1 twice"),
                refusal(Plugins.builder().add(new Track("toy:1", "toy:1"))));
    }

    @Test
    @SuppressWarnings("NullAway")
    void refuses_a_rail_without_networks() {
        assertEquals(
                List.of(name(NullTrack.class) + ": networks(): expected a value, saw null"),
                refusal(Plugins.builder().add(new NullTrack(null))));
    }

    @Test
    void refuses_a_rail_with_null_among_its_networks() {
        assertEquals(
                List.of(name(NullTrack.class) + ": networks(): expected no null among the elements, saw one"),
                refusal(Plugins.builder().add(new NullTrack(Arrays.asList(railNetwork("toy:1"), null)))));
    }

    /** A rail whose list the test chooses, and whose spellings are null. */
    private static final class NullTrack implements Rail {
        private final Collection<RailNetwork> networks;

        NullTrack(Collection<RailNetwork> networks) {
            this.networks = networks;
        }

        @Override
        public Collection<RailNetwork> networks() {
            return networks;
        }

        @Override
        @SuppressWarnings("NullAway")
        public Optional<String> canonicalAccount(Network network, String account) {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway")
        public Optional<String> canonicalAsset(Network network, String asset) {
            return null;
        }
    }

    @Test
    void names_a_rail_that_returns_null_for_an_account() {
        try (Plugins plugins = Plugins.builder()
                .add(new NullTrack(List.of(railNetwork("toy:1"))))
                .build()) {
            assertEquals(
                    List.of(name(NullTrack.class) + ": canonicalAccount() on toy:1: expected a value, saw null"),
                    assertThrows(PluginConfigurationException.class, () -> plugins.canonicalAccount(TOY_1, "a"))
                            .problems());
        }
    }

    @Test
    void blames_the_rail_once_for_the_spelling_of_all_assets() {
        assertEquals(
                List.of(name(NullTrack.class) + ": canonicalAsset() on toy:1: expected a value, saw null"),
                refusal(Plugins.builder()
                        .add(new NullTrack(List.of(railNetwork("toy:1"))))
                        .add(new Mint(asset("toy:1", "0xa", "TOY", 6), asset("toy:1", "0xb", "BOY", 6)))));
    }

    // Assets

    private static final class Mint implements AssetSource {
        private final List<Asset> assets;

        Mint(Asset... assets) {
            this.assets = Arrays.asList(assets);
        }

        @Override
        public Collection<Asset> assets() {
            return assets;
        }
    }

    private static final class OtherMint implements AssetSource {
        private final List<Asset> assets;

        OtherMint(Asset... assets) {
            this.assets = List.of(assets);
        }

        @Override
        public Collection<Asset> assets() {
            return assets;
        }
    }

    private static Asset asset(String network, String reference, String symbol, int decimals) {
        return new Asset(new AssetId(Network.parse(network), reference), symbol, decimals, "USD", Json.Obj.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "TOY, 18, 6 decimals, 18 decimals",
        "BOY, 6, symbol TOY, symbol BOY",
        "BOY, 18, 6 decimals and symbol TOY, 18 decimals and symbol BOY"
    })
    void refuses_one_asset_with_two_meanings(String symbol, int decimals, String mine, String theirs) {
        assertEquals(
                List.of("asset toy:1/0xa: " + name(Mint.class) + " says " + mine + ", " + name(OtherMint.class)
                        + " says " + theirs + "; leave one of them out"),
                refusal(Plugins.builder()
                        .discover(found(new OtherMint(asset("toy:1", "0xa", symbol, decimals))))
                        .add(new Mint(asset("toy:1", "0xa", "TOY", 6)))));
    }

    @Test
    void refuses_one_asset_with_two_currencies_and_two_sets_of_extra() {
        AssetId id = new AssetId(TOY_1, "0xa");
        assertEquals(
                List.of("asset toy:1/0xa: " + name(Mint.class) + " says currency none and extra [], " + name(Mint.class)
                        + " says currency EUR and extra [name]; leave one of them out"),
                refusal(Plugins.builder()
                        .add(new Mint(
                                new Asset(id, "TOY", 6, "", Json.Obj.EMPTY),
                                new Asset(id, "TOY", 6, "EUR", Json.Obj.EMPTY.with("name", "Toy"))))));
    }

    @Test
    void merges_identical_assets() {
        try (Plugins plugins = Plugins.builder()
                .add(new Mint(asset("toy:1", "0xa", "TOY", 6)))
                .add(new OtherMint(asset("toy:1", "0xa", "TOY", 6)))
                .build()) {
            assertEquals(List.of(asset("toy:1", "0xa", "TOY", 6)), plugins.assets(TOY_1));
        }
    }

    @Test
    void takes_two_spellings_that_the_rail_knows_for_one_asset() {
        try (Plugins plugins = Plugins.builder()
                .add(new Track("toy:1"))
                .add(new Mint(asset("toy:1", "0xAB", "TOY", 6)))
                .add(new OtherMint(asset("toy:1", "0xab", "TOY", 6)))
                .build()) {
            assertEquals(List.of(asset("toy:1", "0xab", "TOY", 6)), plugins.assets(TOY_1));
        }
    }

    @Test
    void refuses_two_meanings_behind_two_spellings() {
        assertEquals(
                List.of("asset toy:1/0xab: " + name(Mint.class) + " says 6 decimals, " + name(Mint.class)
                        + " says 8 decimals; leave one of them out"),
                refusal(Plugins.builder()
                        .add(new Track("toy:1"))
                        .add(new Mint(asset("toy:1", "0xAB", "TOY", 6), asset("toy:1", "0xab", "TOY", 8)))));
    }

    @Test
    void refuses_an_asset_of_a_form_that_the_rail_does_not_know() {
        assertEquals(
                List.of(name(Mint.class)
                        + ": asset toy:1/gold: expected a form that the network's rail knows, saw another"),
                refusal(Plugins.builder().add(new Track("toy:1")).add(new Mint(asset("toy:1", "gold", "TOY", 6)))));
    }

    @Test
    void refuses_null_among_assets() {
        assertEquals(
                List.of(name(Mint.class) + ": assets(): expected no null among the elements, saw one"),
                refusal(Plugins.builder().add(new Mint(asset("toy:1", "0xa", "TOY", 6), null))));
    }

    @Test
    void finds_an_asset_in_any_spelling() {
        try (Plugins plugins = Plugins.builder()
                .add(new Track("toy:1"))
                .add(new Mint(asset("toy:1", "0xab", "TOY", 6)))
                .build()) {
            assertEquals(Optional.of(asset("toy:1", "0xab", "TOY", 6)), plugins.asset(new AssetId(TOY_1, "0xAB")));
        }
    }

    @Test
    void takes_the_default_asset_from_an_added_source_before_a_discovered_one() {
        try (Plugins plugins = Plugins.builder()
                .discover(found(new Mint(asset("toy:1", "0xa", "TOY", 6))))
                .add(new OtherMint(asset("toy:1", "0xb", "BOY", 6)))
                .build()) {
            assertEquals(
                    List.of("BOY", "TOY"),
                    plugins.assets(TOY_1).stream().map(Asset::symbol).toList());
        }
    }

    @Test
    void takes_the_default_asset_from_the_jar_of_the_rail_before_another_jar() throws IOException {
        URL jar = new PluginJar(directory, "alien")
                .type("Alien", """
                        package com.acme;
                        import dev.x402.spec.*;
                        import dev.x402.spi.*;
                        public class Alien implements AssetSource {
                            public java.util.Collection<Asset> assets() {
                                return java.util.List.of(new Asset(new AssetId(Network.parse("toy:1"), "0xa"), "ALIEN", 6, "",
                                        Json.Obj.EMPTY));
                            }
                        }
                        """)
                .service(AssetSource.class, "com.acme.Alien")
                .pack();

        try (URLClassLoader loader = PluginJar.loader(jar);
                Plugins plugins = Plugins.builder()
                        .discover(loader)
                        .discover(found(new Mint(asset("toy:1", "0xb", "HOME", 6)), new Track("toy:1")))
                        .build()) {
            assertEquals(
                    List.of("HOME", "ALIEN"),
                    plugins.assets(TOY_1).stream().map(Asset::symbol).toList());
        }
    }

    @Test
    void takes_the_default_asset_whatever_the_order_of_discovery() {
        List<Object> sources = new ArrayList<>(
                List.of(new OtherMint(asset("toy:1", "0xb", "BOY", 6)), new Mint(asset("toy:1", "0xa", "TOY", 6))));
        for (int i = 0; i < 2; i++) {
            Collections.reverse(sources);
            try (Plugins plugins =
                    Plugins.builder().discover(found(sources.toArray())).build()) {
                assertEquals(
                        List.of("TOY", "BOY"),
                        plugins.assets(TOY_1).stream().map(Asset::symbol).toList());
            }
        }
    }

    @Test
    void says_how_many_assets_a_source_has_and_where() {
        try (Plugins plugins = Plugins.builder()
                .add(new Mint(
                        asset("toy:1", "0xa", "A", 6),
                        asset("toy:2", "0xa", "A", 6),
                        asset("toy:3", "0xa", "A", 6),
                        asset("boy:1", "0xa", "A", 6)))
                .add(new OtherMint(asset("toy:2", "0xa", "A", 6)))
                .build()) {
            assertEquals(
                    List.of(
                            "4 assets on 4 networks of boy, toy — " + name(Mint.class) + ", added explicitly",
                            "1 asset on toy:2 — " + name(OtherMint.class) + ", added explicitly"),
                    loaded(plugins));
        }
    }

    // Extensions

    private record Extra(String key) implements PaymentExtension {}

    private record OtherExtra(String key) implements PaymentExtension {}

    @Test
    void refuses_two_discovered_extensions_of_one_key() {
        assertEquals(
                List.of("several plugins were discovered for the extension gift: " + name(Extra.class) + " and "
                        + name(OtherExtra.class) + "; leave one of the jars out,"
                        + " or add the plugin that you mean by Plugins.builder().add(…)"),
                refusal(Plugins.builder().discover(found(new Extra("gift"), new OtherExtra("gift")))));
    }

    @Test
    void refuses_two_added_extensions_of_one_key() {
        assertEquals(
                List.of("several plugins were added for the extension gift: " + name(Extra.class) + " and "
                        + name(Extra.class) + "; add one of them"),
                refusal(Plugins.builder().add(new Extra("gift")).add(new Extra("gift"))));
    }

    @Test
    void prefers_an_added_extension_to_a_discovered_one() {
        PaymentExtension mine = new OtherExtra("gift");
        try (Plugins plugins =
                Plugins.builder().discover(found(new Extra("gift"))).add(mine).build()) {
            assertEquals(List.of(mine), List.copyOf(plugins.extensions()));
        }
    }

    @Test
    void orders_extensions_by_key() {
        try (Plugins plugins =
                Plugins.builder().add(new Extra("b")).add(new Extra("a")).build()) {
            assertEquals(
                    List.of("a", "b"),
                    plugins.extensions().stream().map(PaymentExtension::key).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a/b"})
    void refuses_an_extension_key_of_another_form(String key) {
        assertEquals(
                List.of(name(Extra.class) + ": key(): expected [A-Za-z0-9._-]{1,64}, saw \"" + key + "\""),
                refusal(Plugins.builder().add(new Extra(key))));
    }

    @Test
    void refuses_an_extension_key_that_is_reserved() {
        assertEquals(
                List.of(name(Extra.class) + ": key(): names that begin with x402 are reserved for the protocol,"
                        + " saw \"X402.gift\"; choose another"),
                refusal(Plugins.builder().add(new Extra("X402.gift"))));
    }

    @Test
    @SuppressWarnings("NullAway")
    void refuses_an_extension_without_key() {
        assertEquals(
                List.of(name(Extra.class) + ": key(): expected a value, saw null"),
                refusal(Plugins.builder().add(new Extra(null))));
    }

    // Ports

    @Test
    void refuses_a_port_that_is_given_twice() {
        assertEquals(
                List.of("port java.lang.CharSequence was given twice: give one"),
                refusal(Plugins.builder().port(CharSequence.class, "a").port(CharSequence.class, "b")));
    }

    @Test
    void refuses_clock_and_randomness_as_ports() {
        assertEquals(
                List.of(
                        "port java.time.Clock is reserved: give it by Plugins.builder().clock(…)",
                        "port java.security.SecureRandom is reserved: give it by Plugins.builder().random(…)"),
                refusal(Plugins.builder()
                        .port(Clock.class, Clock.systemUTC())
                        .port(SecureRandom.class, new SecureRandom())));
    }

    @Test
    void lists_problems_of_every_sort_at_once() {
        assertEquals(
                4,
                refusal(Plugins.builder()
                                .port(CharSequence.class, "a")
                                .port(CharSequence.class, "b")
                                .add(new Track("toy:1", "toy:1"))
                                .add(new Extra(""))
                                .add(new Mine("", "toy:*")))
                        .size());
    }
}
