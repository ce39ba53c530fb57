package eu.sparrow.x402;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The Single Euro Payments Area: accounts are IBANs, money is euro. */
public final class SepaRail implements Rail {
    static final Network NETWORK = Network.parse("sepa:eu");
    static final String EURO = "EUR";

    /** A debit may be refunded for eight weeks, without a reason. */
    static final Duration REFUND = Duration.ofDays(56);

    /** A rail without state. */
    public SepaRail() {}

    // snippet: networks
    @Override
    public Collection<RailNetwork> networks() {
        return List.of(new RailNetwork(
                NETWORK,
                "SEPA",
                false,
                Duration.ofDays(1), // the next banking day, usually
                REFUND, // the longest of all that moves here; each receipt tells its own date
                Stage.SETTLED)); // an order that was merely taken is no money yet
    }
    // end: networks

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return network.equals(NETWORK) ? Iban.find(account).map(Iban::value) : Optional.empty();
    }

    @Override
    public Optional<String> canonicalAsset(Network network, String asset) {
        return network.equals(NETWORK) && asset.equals(EURO) ? Optional.of(asset) : Optional.empty();
    }

    @Override
    public boolean isReference(Network network, String reference) {
        return reference.matches(Order.REFERENCE);
    }
}
