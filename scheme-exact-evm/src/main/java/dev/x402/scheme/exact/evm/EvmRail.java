package dev.x402.scheme.exact.evm;

import com.google.auto.service.AutoService;
import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The EVM chains of {@code networks.csv}: names, and addresses in the spelling of EIP-55.
 *
 * <p>A settlement is answered when it is in a block; an operator may wait for {@link Stage#FINAL}.
 */
@AutoService(Rail.class)
public final class EvmRail implements Rail {
    private static final Pattern TRANSACTION = Pattern.compile("0x[0-9a-fA-F]{64}");
    private static final List<RailNetwork> NETWORKS = Table.read("networks.csv", 4).stream()
            .map(row -> new RailNetwork(
                    Network.parse("eip155:" + row.get(0)),
                    row.get(1),
                    row.get(2).equals("testnet"),
                    Duration.ofMillis(Long.parseLong(row.get(3))),
                    Duration.ZERO,
                    Stage.SEEN))
            .toList();

    /** A rail without state. */
    public EvmRail() {}

    @Override
    public Collection<RailNetwork> networks() {
        return NETWORKS;
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return Token.chainId(network).flatMap(chain -> Address.find(account)).map(Address::toString);
    }

    @Override
    public Optional<String> canonicalAsset(Network network, String asset) {
        return canonicalAccount(network, asset);
    }

    @Override
    public boolean isReference(Network network, String reference) {
        return TRANSACTION.matcher(reference).matches();
    }
}
