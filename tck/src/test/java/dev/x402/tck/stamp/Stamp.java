package dev.x402.tck.stamp;

import dev.x402.spi.PaymentExtension;
import java.util.Optional;

/** Whoever pays gets a stamp, and shows it to enter again; with one thing wrong. */
final class Stamp implements PaymentExtension {
    static final String HEADER = "STAMP";

    private final StampFlaw flaw;

    Stamp(StampFlaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public String key() {
        return flaw == StampFlaw.KEY_WITH_A_SPACE ? "stamp card" : "stamp";
    }

    @Override
    public Optional<ClientSide> client(Context context) {
        return Optional.of(new StampClient(flaw, context.random(), key()));
    }

    @Override
    public Optional<ServerSide> server(Context context) {
        Optional<Store> store = context.port(Store.class);
        if (flaw == StampFlaw.PORT_DEMANDED) {
            store.orElseThrow();
        }
        return store.map(memory -> new StampServer(flaw, memory, context.clock(), context.random()));
    }

    @Override
    public Optional<FacilitatorSide> facilitator(Context context) {
        return Optional.of(new StampFacilitator(flaw));
    }
}
