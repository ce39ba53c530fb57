package dev.x402.spi.plugins;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import java.util.Collection;
import java.util.Optional;

/** A rail whose list the test chooses, and whose spellings are null. */
final class NullTrack implements Rail {
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
