package dev.x402.spi.plugins;

import static dev.x402.spi.plugins.Judged.found;
import static dev.x402.spi.plugins.Judged.loaded;
import static dev.x402.spi.plugins.Judged.name;
import static dev.x402.spi.plugins.Judged.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssetConflictTest {
    private static final Network TOY_1 = Network.parse("toy:1");

    @TempDir
    Path directory;

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
                        .discover(found(new OtherMint(Mint.asset("toy:1", "0xa", symbol, decimals))))
                        .add(new Mint(Mint.asset("toy:1", "0xa", "TOY", 6)))));
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
                .add(new Mint(Mint.asset("toy:1", "0xa", "TOY", 6)))
                .add(new OtherMint(Mint.asset("toy:1", "0xa", "TOY", 6)))
                .build()) {
            assertEquals(List.of(Mint.asset("toy:1", "0xa", "TOY", 6)), plugins.assets(TOY_1));
        }
    }

    @Test
    void takes_two_spellings_that_the_rail_knows_for_one_asset() {
        try (Plugins plugins = Plugins.builder()
                .add(new Track("toy:1"))
                .add(new Mint(Mint.asset("toy:1", "0xAB", "TOY", 6)))
                .add(new OtherMint(Mint.asset("toy:1", "0xab", "TOY", 6)))
                .build()) {
            assertEquals(List.of(Mint.asset("toy:1", "0xab", "TOY", 6)), plugins.assets(TOY_1));
        }
    }

    @Test
    void refuses_two_meanings_behind_two_spellings() {
        assertEquals(
                List.of("asset toy:1/0xab: " + name(Mint.class) + " says 6 decimals, " + name(Mint.class)
                        + " says 8 decimals; leave one of them out"),
                refusal(Plugins.builder()
                        .add(new Track("toy:1"))
                        .add(new Mint(Mint.asset("toy:1", "0xAB", "TOY", 6), Mint.asset("toy:1", "0xab", "TOY", 8)))));
    }

    @Test
    void refuses_an_asset_of_a_form_that_the_rail_does_not_know() {
        assertEquals(
                List.of(name(Mint.class)
                        + ": asset toy:1/gold: expected a form that the network's rail knows, saw another"),
                refusal(Plugins.builder()
                        .add(new Track("toy:1"))
                        .add(new Mint(Mint.asset("toy:1", "gold", "TOY", 6)))));
    }

    @Test
    void refuses_null_among_assets() {
        assertEquals(
                List.of(name(Mint.class) + ": assets(): expected no null among the elements, saw one"),
                refusal(Plugins.builder().add(new Mint(Mint.asset("toy:1", "0xa", "TOY", 6), null))));
    }

    @Test
    void finds_an_asset_in_any_spelling() {
        try (Plugins plugins = Plugins.builder()
                .add(new Track("toy:1"))
                .add(new Mint(Mint.asset("toy:1", "0xab", "TOY", 6)))
                .build()) {
            assertEquals(Optional.of(Mint.asset("toy:1", "0xab", "TOY", 6)), plugins.asset(new AssetId(TOY_1, "0xAB")));
        }
    }

    @Test
    void takes_the_default_asset_from_an_added_source_before_a_discovered_one() {
        try (Plugins plugins = Plugins.builder()
                .discover(found(new Mint(Mint.asset("toy:1", "0xa", "TOY", 6))))
                .add(new OtherMint(Mint.asset("toy:1", "0xb", "BOY", 6)))
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
                        .discover(found(new Mint(Mint.asset("toy:1", "0xb", "HOME", 6)), new Track("toy:1")))
                        .build()) {
            assertEquals(
                    List.of("HOME", "ALIEN"),
                    plugins.assets(TOY_1).stream().map(Asset::symbol).toList());
        }
    }

    @Test
    void takes_the_default_asset_whatever_the_order_of_discovery() {
        List<Object> sources = new ArrayList<>(List.of(
                new OtherMint(Mint.asset("toy:1", "0xb", "BOY", 6)), new Mint(Mint.asset("toy:1", "0xa", "TOY", 6))));
        for (int i = 0; i < 2; i++) {
            Collections.reverse(sources);
            try (Plugins plugins =
                    Plugins.builder().discover(found(sources.toArray())).build()) {
                assertEquals(
                        List.of("BOY", "TOY"),
                        plugins.assets(TOY_1).stream().map(Asset::symbol).toList());
            }
        }
    }

    @Test
    void says_how_many_assets_a_source_has_and_where() {
        try (Plugins plugins = Plugins.builder()
                .add(new Mint(
                        Mint.asset("toy:1", "0xa", "A", 6),
                        Mint.asset("toy:2", "0xa", "A", 6),
                        Mint.asset("toy:3", "0xa", "A", 6),
                        Mint.asset("boy:1", "0xa", "A", 6)))
                .add(new OtherMint(Mint.asset("toy:2", "0xa", "A", 6)))
                .build()) {
            assertEquals(
                    List.of(
                            "4 assets on 4 networks of boy, toy — " + name(Mint.class) + ", added explicitly",
                            "1 asset on toy:2 — " + name(OtherMint.class) + ", added explicitly"),
                    loaded(plugins));
        }
    }
}
