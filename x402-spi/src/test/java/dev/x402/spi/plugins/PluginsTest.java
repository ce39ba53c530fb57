package dev.x402.spi.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.SchemeClient;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PluginsTest {
    private static Kind kind(String scheme, String network) {
        return new Kind(scheme, Network.parse(network));
    }

    @Test
    void gives_the_side_of_an_added_scheme() {
        SchemeClient client = new Toy.Client();
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*").client(context -> Optional.of(client)))
                .build()) {
            assertSame(client, plugins.client(kind("exact", "toy:1")));
        }
    }

    @Test
    void serves_the_networks_that_the_facilitator_switched_on_and_no_other_of_the_family() {
        try (Plugins plugins = Plugins.builder()
                .add(new Toy("exact", "toy:*")
                        .facilitator(context -> Optional.of(new Toy.Facilitator("exact", "toy:1", "toy:2"))))
                .build()) {
            assertEquals(Set.of(kind("exact", "toy:1"), kind("exact", "toy:2")), plugins.facilitatorKinds());
            assertEquals(Optional.empty(), plugins.findFacilitator(kind("exact", "toy:3")));
        }
    }
}
