package dev.x402.tck.reference;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names on the ledger. */
public class LedgerRail implements Rail {
    static final Network NETWORK = Network.parse("mem:1");

    @Override
    public Collection<RailNetwork> networks() {
        return List.of(new RailNetwork(NETWORK, "Memory", true, Duration.ofSeconds(4), Ledger.WINDOW, Stage.SETTLED));
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return network.equals(NETWORK) && account.matches("(?i)acct-[0-9a-f]{8}")
                ? Optional.of(account.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    @Override
    public Optional<String> canonicalAsset(Network network, String asset) {
        return network.equals(NETWORK) && asset.matches("(?i)coin|medal")
                ? Optional.of(asset.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
