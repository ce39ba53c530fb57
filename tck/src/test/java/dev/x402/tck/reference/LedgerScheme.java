package dev.x402.tck.reference;

import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.util.Optional;

/** The scheme on the ledger. */
public class LedgerScheme implements PaymentScheme {
    private final Flaw flaw;

    public LedgerScheme() {
        this(Flaw.NONE);
    }

    LedgerScheme(Flaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.of(LedgerRail.NETWORK);
    }

    @Override
    public PaymentKey key(Payment payment) {
        Authorization right =
                Authorization.read(LedgerRail.NETWORK, payment.payload().payloadCursor());
        return new PaymentKey(LedgerRail.NETWORK + "/" + right.right());
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return context.port(Purse.class).map(purse -> new LedgerClient(context, purse, flaw));
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new LedgerServer(context, flaw));
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return context.port(Ledger.class).map(ledger -> new LedgerFacilitator(this, context, ledger, flaw));
    }
}
