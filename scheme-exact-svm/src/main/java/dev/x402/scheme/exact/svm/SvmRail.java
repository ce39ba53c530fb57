package dev.x402.scheme.exact.svm;

import com.google.auto.service.AutoService;
import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Solana's clusters, named by the first 32 characters of their genesis hash.
 *
 * <p>A settlement is answered when it is confirmed; an operator may wait for {@link Stage#FINAL}.
 */
@AutoService(Rail.class)
public final class SvmRail implements Rail {
    static final String NAMESPACE = "solana";
    private static final int REFERENCE = 32;
    private static final List<RailNetwork> NETWORKS = Table.read("networks.csv", 4).stream()
            .map(row -> new RailNetwork(
                    new Network(NAMESPACE, row.get(0)),
                    row.get(1),
                    row.get(2).equals("testnet"),
                    Duration.ofMillis(Long.parseLong(row.get(3))),
                    Duration.ZERO,
                    Stage.SEEN))
            .toList();

    /** A rail without state. */
    public SvmRail() {}

    /** Whether the network is a cluster: {@code solana:} and 32 characters of a genesis hash. */
    static boolean isCluster(Network network) {
        return network.namespace().equals(NAMESPACE)
                && network.reference().length() == REFERENCE
                && Base58Text.isSpelled(network.reference());
    }

    @Override
    public Collection<RailNetwork> networks() {
        return NETWORKS;
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return isCluster(network) ? SvmAddress.find(account).map(SvmAddress::toString) : Optional.empty();
    }

    @Override
    public Optional<String> canonicalAsset(Network network, String asset) {
        return canonicalAccount(network, asset);
    }

    /** A transaction is named by its first signature, 64 bytes in base 58. */
    @Override
    public boolean isReference(Network network, String reference) {
        return Base58Text.parse(reference, Ed25519.SIGNATURE) != null;
    }
}
