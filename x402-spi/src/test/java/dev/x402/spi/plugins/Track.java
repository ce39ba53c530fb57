package dev.x402.spi.plugins;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A rail of toy networks, whose spellings are lower case. */
class Track implements Rail {
    private final List<RailNetwork> networks;

    Track(String... networks) {
        this.networks = Arrays.stream(networks).map(Track::network).toList();
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

    /** A network that is final at once. */
    static RailNetwork network(String id) {
        return new RailNetwork(Network.parse(id), id, true, Duration.ZERO, Duration.ZERO, Stage.FINAL);
    }
}
