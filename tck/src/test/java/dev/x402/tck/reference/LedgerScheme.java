package dev.x402.tck.reference;

import dev.x402.spec.Json;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.util.Optional;
import java.util.function.Supplier;

/** The scheme on the ledger. */
public class LedgerScheme implements PaymentScheme {
    private final Flaw flaw;
    private final Runnable asked;
    private final Supplier<Boolean> settling;

    public LedgerScheme() {
        this(Flaw.NONE, () -> {}, () -> false);
    }

    LedgerScheme(Flaw flaw, Runnable asked, Supplier<Boolean> settling) {
        this.flaw = flaw;
        this.asked = asked;
        this.settling = settling;
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
        Json.Obj proof = payment.payload().payload();
        if (flaw == Flaw.NOTHING_HAS_A_KEY && proof.isEmpty()) {
            return new PaymentKey("none");
        }
        if (flaw == Flaw.KEY_THROWS_AT_NONSENSE
                && !settling.get()
                && proof.members().containsValue(Json.Null.NULL)) {
            throw new IllegalStateException("null");
        }
        if (flaw == Flaw.KEY_ASKS_THE_RAIL && !settling.get()) {
            asked.run();
        }
        Authorization right =
                Authorization.read(LedgerRail.NETWORK, payment.payload().payloadCursor());
        String more = switch (flaw) {
            case KEY_IS_THE_INSTANCES -> "/" + System.identityHashCode(this);
            case KEY_HAS_THE_TERMS -> "/" + payment.requirements().amount();
            case KEY_HAS_THE_CASE -> "/" + proof.text("signature").orElse("");
            case KEY_HAS_THE_NOTE -> "/" + proof.text("note").orElse("");
            default -> "";
        };
        String name = flaw == Flaw.KEY_IS_SHORT ? right.right().substring(0, 17) : right.right();
        return new PaymentKey(LedgerRail.NETWORK + "/" + name + more);
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return context.port(Purse.class)
                .map(purse -> new LedgerClient(KnowingContext.of(context, flaw), purse, flaw, asked));
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new FlawedServer(new LedgerServer(KnowingContext.of(context, flaw), flaw), flaw));
    }

    @Override
    public Optional<Accounts> accounts(SchemeContext context) {
        return context.port(Purse.class)
                .flatMap(purse -> context.port(Ledger.class).map(ledger -> new LedgerAccounts(purse, ledger, flaw)));
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return context.port(Ledger.class)
                .map(ledger -> new LedgerFacilitator(this, KnowingContext.of(context, flaw), ledger, flaw));
    }
}
