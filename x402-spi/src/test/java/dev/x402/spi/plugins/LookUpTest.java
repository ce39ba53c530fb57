package dev.x402.spi.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.AssetId;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LookUpTest {
    private static final String TOY = Toy.class.getName() + " ("
            + Toy.class.getProtectionDomain().getCodeSource().getLocation() + "), added explicitly";
    private static final String ADD = " (ours are dev.x402:x402-scheme-*) to the class path and discover() it,"
            + " or add the plugin by Plugins.builder().add(…)";

    private interface Purse {}

    private interface Node {}

    private static final class Wallet implements Purse {}

    private static Kind kind(String scheme, String network) {
        return new Kind(scheme, Network.parse(network));
    }

    private static String failure(Plugins plugins, Kind kind) {
        return assertThrows(UnsupportedKindException.class, () -> plugins.client(kind))
                .getMessage();
    }

    @Test
    void gives_each_side_of_a_scheme() {
        SchemeClient client = new Toy.Client();
        SchemeServer server = new Toy.Server();
        Toy.Facilitator facilitator = new Toy.Facilitator("exact", "toy:1");
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*")
                        .client(context -> Optional.of(client))
                        .server(context -> Optional.of(server))
                        .facilitator(context -> Optional.of(facilitator)))
                .build()) {
            assertSame(client, plugins.client(kind("exact", "toy:1")));
            assertSame(server, plugins.server(kind("exact", "toy:1")));
            assertSame(facilitator, plugins.facilitator(kind("exact", "toy:1")));
        }
    }

    @Test
    void hands_clock_randomness_and_ports_to_a_side() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        SecureRandom random = new SecureRandom();
        Wallet wallet = new Wallet();
        List<Object> handed = new ArrayList<>();
        try (Plugins plugins = Plugins.builder()
                .clock(clock)
                .random(random)
                .port(Purse.class, wallet)
                .add(new Toy("exact", "toy:*").client(context -> {
                    handed.addAll(List.of(
                            context.clock(),
                            context.random(),
                            context.port(Purse.class).orElseThrow(),
                            context.asset(new AssetId(Network.parse("toy:1"), "none"))));
                    return Optional.of(new Toy.Client());
                }))
                .build()) {
            plugins.client(kind("exact", "toy:1"));
        }
        assertEquals(List.of(clock, random, wallet, Optional.empty()), handed);
    }

    @Test
    void says_that_there_is_no_scheme_at_all() {
        try (Plugins plugins = Plugins.builder().build()) {
            assertEquals(
                    "no client for exact on toy:1: no plugin serves it.\n"
                            + "  Tried: nothing, as there is no scheme at all\n"
                            + "  Add the jar of a plugin for exact on toy:1" + ADD,
                    failure(plugins, kind("exact", "toy:1")));
        }
    }

    @Test
    void lists_every_scheme_that_was_tried() {
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("upto", "toy:*"))
                .add(new Toy("exact", "toy:2"))
                .build()) {
            assertEquals(
                    "no client for exact on toy:1: no plugin serves it.\n"
                            + "  Tried: exact on toy:2 — " + TOY + "\n"
                            + "  Tried: upto on toy:* — " + TOY + "\n"
                            + "  Add the jar of a plugin for exact on toy:1" + ADD,
                    failure(plugins, kind("exact", "toy:1")));
        }
    }

    @Test
    void says_that_a_plugin_lacks_the_side() {
        try (Plugins plugins = Plugins.builder().add(new Toy("exact", "toy:*")).build()) {
            assertEquals(
                    "no client for exact on toy:1.\n"
                            + "  Tried: exact on toy:* — " + TOY + "\n"
                            + "    gives no client\n"
                            + "    asked for no port that is missing",
                    failure(plugins, kind("exact", "toy:1")));
        }
    }

    /** A client that needs two ports. */
    private static Optional<SchemeClient> needy(SchemeContext context) {
        Optional<Purse> purse = context.port(Purse.class);
        Optional<Node> node = context.port(Node.class);
        return purse.isPresent() && node.isPresent() ? Optional.of(new Toy.Client()) : Optional.empty();
    }

    @Test
    void names_the_ports_that_are_missing_and_the_calls_that_give_them() {
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*").client(LookUpTest::needy))
                .build()) {
            assertEquals(
                    "no client for exact on toy:1.\n"
                            + "  Tried: exact on toy:* — " + TOY + "\n"
                            + "    gives no client\n"
                            + "    missing port " + Node.class.getName()
                            + ": give it by Plugins.builder().port(Node.class, …)\n"
                            + "    missing port " + Purse.class.getName()
                            + ": give it by Plugins.builder().port(Purse.class, …)",
                    failure(plugins, kind("exact", "toy:1")));
        }
    }

    @Test
    void sees_a_port_that_was_given_by_another_type() {
        try (Plugins plugins = Plugins.builder()
                .port(Wallet.class, new Wallet())
                .port(Node.class, new Node() {})
                .add(new Toy("exact", "toy:*").client(LookUpTest::needy))
                .build()) {
            assertEquals(
                    "no client for exact on toy:1.\n"
                            + "  Tried: exact on toy:* — " + TOY + "\n"
                            + "    gives no client\n"
                            + "    missing port " + Purse.class.getName() + ": the port given as "
                            + Wallet.class.getName() + " is one, give it by Plugins.builder().port(Purse.class, …)",
                    failure(plugins, kind("exact", "toy:1")));
        }
    }

    @Test
    void tells_a_program_the_kind_and_the_missing_ports() {
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*").client(LookUpTest::needy))
                .build()) {
            UnsupportedKindException failure =
                    assertThrows(UnsupportedKindException.class, () -> plugins.client(kind("exact", "toy:1")));

            assertEquals(kind("exact", "toy:1"), failure.kind());
            assertEquals(List.of(Node.class.getName(), Purse.class.getName()), failure.missingPorts());
        }
    }

    @Test
    void asks_no_less_specific_plugin_for_a_side_that_the_most_specific_lacks() {
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*").client(context -> Optional.of(new Toy.Client())))
                .add(new Toy("exact", "toy:1"))
                .build()) {
            assertEquals(
                    "no client for exact on toy:1.\n"
                            + "  Tried: exact on toy:1 — " + TOY + "\n"
                            + "    gives no client\n"
                            + "    asked for no port that is missing\n"
                            + "  Not asked, as it is less specific: exact on toy:* — " + TOY,
                    failure(plugins, kind("exact", "toy:1")));
        }
    }

    @Test
    void says_which_networks_a_facilitator_has_switched_on() {
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*")
                        .facilitator(context -> Optional.of(new Toy.Facilitator("exact", "toy:2", "toy:3"))))
                .build()) {
            assertEquals(
                    "no facilitator for exact on toy:1.\n"
                            + "  Tried: exact on toy:* — " + TOY + "\n"
                            + "    its facilitator has switched on toy:2, toy:3 only",
                    assertThrows(UnsupportedKindException.class, () -> plugins.facilitator(kind("exact", "toy:1")))
                            .getMessage());
        }
    }

    @Test
    void says_that_a_facilitator_has_no_network_switched_on() {
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*").facilitator(context -> Optional.of(new Toy.Facilitator("exact"))))
                .build()) {
            assertEquals(
                    "no facilitator for exact on toy:1.\n"
                            + "  Tried: exact on toy:* — " + TOY + "\n"
                            + "    its facilitator has switched on no network",
                    assertThrows(UnsupportedKindException.class, () -> plugins.facilitator(kind("exact", "toy:1")))
                            .getMessage());
        }
    }

    @Test
    void counts_a_kind_of_the_facilitator_for_the_most_specific_plugin_only() {
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*")
                        .facilitator(context -> Optional.of(new Toy.Facilitator("exact", "toy:1", "toy:2"))))
                .add(new Toy("exact", "toy:1"))
                .build()) {
            assertEquals(Set.of(kind("exact", "toy:2")), plugins.facilitatorKinds());
        }
    }

    @Test
    void serves_the_networks_that_a_facilitator_switched_on_and_no_other_of_the_family() {
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*")
                        .facilitator(context -> Optional.of(new Toy.Facilitator("exact", "toy:1", "toy:2"))))
                .build()) {
            assertEquals(Set.of(kind("exact", "toy:1"), kind("exact", "toy:2")), plugins.facilitatorKinds());
            assertEquals(Optional.empty(), plugins.findFacilitator(kind("exact", "toy:3")));
        }
    }

    @Test
    void switches_on_nothing_without_a_facilitator() {
        try (Plugins plugins = Plugins.builder().add(new Toy("exact", "toy:*")).build()) {
            assertEquals(Set.of(), plugins.facilitatorKinds());
        }
    }

    @Test
    void leaves_spellings_alone_where_no_rail_knows_the_network() {
        Network network = Network.parse("toy:1");
        try (Plugins plugins = Plugins.builder().build()) {
            assertEquals(Optional.of("Abc"), plugins.canonicalAccount(network, "Abc"));
            assertEquals(Optional.of("Abc"), plugins.canonicalAsset(network, "Abc"));
        }
    }

    @Test
    void knows_nothing_of_a_network_without_rail_and_assets() {
        Network network = Network.parse("toy:1");
        try (Plugins plugins = Plugins.builder().build()) {
            assertEquals(Optional.empty(), plugins.network(network));
            assertTrue(plugins.networks().isEmpty());
            assertEquals(List.of(), plugins.assets(network));
        }
    }

    @Test
    void discovers_nothing_by_default_on_a_class_path_without_plugins() {
        try (Plugins plugins = Plugins.builder().discover().build()) {
            assertEquals(List.of(), plugins.loaded());
        }
    }

    @Test
    void keeps_two_registries_apart() {
        try (Plugins one = Plugins.builder().add(new Toy("exact", "toy:*")).build();
                Plugins two = Plugins.builder().build()) {
            assertTrue(one.scheme(kind("exact", "toy:1")).isPresent());
            assertTrue(two.scheme(kind("exact", "toy:1")).isEmpty());
        }
    }
}
