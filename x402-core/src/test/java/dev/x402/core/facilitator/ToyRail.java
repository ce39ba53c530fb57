package dev.x402.core.facilitator;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of the toy networks, all answered at one stage; accounts and assets in lower case. */
record ToyRail(Stage answerAt) implements Rail {
    @Override
    public Collection<RailNetwork> networks() {
        return Stream.of("nonces:1", "hashes:1", "bank:us", "counter:1")
                .map(id ->
                        new RailNetwork(Network.parse(id), id, true, Duration.ofSeconds(10), Duration.ZERO, answerAt))
                .toList();
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return Optional.of(account.toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public Optional<String> canonicalAsset(Network network, String asset) {
        return Optional.of(asset.toLowerCase(java.util.Locale.ROOT));
    }
}
