package com.acme.x402;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The two networks of Acme: a chain of blocks in which accounts are Ed25519 keys. */
public final class AcmeRail implements Rail {
    static final String NAMESPACE = "acme";

    private static final List<RailNetwork> NETWORKS = List.of(network("main", false), network("test", true));

    /** A rail without state. */
    public AcmeRail() {}

    @Override
    public Collection<RailNetwork> networks() {
        return NETWORKS;
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return isKnown(network) ? Hex.find(account, Ed25519.KEY_BYTES) : Optional.empty();
    }

    @Override
    public Optional<String> canonicalAsset(Network network, String asset) {
        return isKnown(network) && asset.matches("[a-z]{3,8}") ? Optional.of(asset) : Optional.empty();
    }

    /** The namespace alone would speak for networks that do not exist. */
    private static boolean isKnown(Network network) {
        return NETWORKS.stream().anyMatch(known -> known.id().equals(network));
    }

    private static RailNetwork network(String reference, boolean testnet) {
        return new RailNetwork(
                new Network(NAMESPACE, reference),
                testnet ? "Acme Test" : "Acme",
                testnet,
                Duration.ofMillis(500),
                Duration.ZERO, // nothing comes back once it is final
                Stage.FINAL); // a newer block may still vanish
    }
}
