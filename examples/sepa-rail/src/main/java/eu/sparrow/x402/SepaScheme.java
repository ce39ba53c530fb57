package eu.sparrow.x402;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.util.Optional;
import java.util.Set;

/** The scheme {@code exact} on {@code sepa:eu}. */
public final class SepaScheme implements PaymentScheme {
    static final String NAME = "exact";

    /** A scheme without state. */
    public SepaScheme() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.of(SepaRail.NETWORK);
    }

    /** Account and nonce: what the bank uses up. */
    // snippet: key
    @Override
    public PaymentKey key(Payment payment) {
        return new PaymentKey(SepaRail.NETWORK + "/" + Order.of(payment).reference());
    }
    // end: key

    @Override
    public Set<ErrorCode> spent() {
        return Set.of(SepaFacilitator.USED);
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return context.port(SepaWallet.class).map(wallet -> new SepaClient(wallet, context));
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new SepaServer());
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return context.port(SepaBank.class).map(bank -> new SepaFacilitator(bank, context.clock(), this::key));
    }
}
