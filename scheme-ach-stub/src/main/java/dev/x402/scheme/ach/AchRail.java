package dev.x402.scheme.ach;

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
 * The Automated Clearing House of the United States: {@code ach:us}.
 *
 * <p>An account is a role such as {@code merchant}, which the facilitator resolves, or a token such as
 * {@code acct_5f0c…}; never a number at a bank. Each has one spelling.
 */
@AutoService(Rail.class)
public final class AchRail implements Rail {
    /** A consumer has 60 calendar days; the rest is for holidays and for the way back. */
    private static final Duration REVERSAL_WINDOW = Duration.ofDays(65);

    private static final List<RailNetwork> NETWORKS =
            List.of(new RailNetwork(Ach.NETWORK, "ACH", false, Duration.ofDays(1), REVERSAL_WINDOW, Stage.SETTLED));

    /** A rail without state. */
    public AchRail() {}

    @Override
    public Collection<RailNetwork> networks() {
        return NETWORKS;
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return network.equals(Ach.NETWORK) && Ach.isPayee(account) ? Optional.of(account) : Optional.empty();
    }

    @Override
    public Optional<String> canonicalAsset(Network network, String asset) {
        return network.equals(Ach.NETWORK) && asset.equals(Ach.USD) ? Optional.of(asset) : Optional.empty();
    }

    /** A trace number: 8 digits of the originating bank and 7 of its sequence. */
    @Override
    public boolean isReference(Network network, String reference) {
        return Ach.isTrace(reference);
    }
}
