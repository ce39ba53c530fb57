package dev.x402.spi.plugins;

import static dev.x402.spi.plugins.Judged.found;
import static dev.x402.spi.plugins.Judged.loaded;
import static dev.x402.spi.plugins.Judged.name;
import static dev.x402.spi.plugins.Judged.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Network;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RailConflictTest {
    private static final Network TOY_1 = Network.parse("toy:1");

    private static final class OtherTrack extends Track {
        OtherTrack(String... networks) {
            super(networks);
        }
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
                refusal(Plugins.builder().add(new NullTrack(Arrays.asList(Track.network("toy:1"), null)))));
    }

    @Test
    void names_a_rail_that_returns_null_for_an_account() {
        try (Plugins plugins = Plugins.builder()
                .add(new NullTrack(List.of(Track.network("toy:1"))))
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
                        .add(new NullTrack(List.of(Track.network("toy:1"))))
                        .add(new Mint(Mint.asset("toy:1", "0xa", "TOY", 6), Mint.asset("toy:1", "0xb", "BOY", 6)))));
    }
}
