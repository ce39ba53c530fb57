package dev.x402.tck.stamp;

import dev.x402.spi.PaymentExtension.Store;
import dev.x402.tck.ExtensionStoreFixture;
import dev.x402.tck.TckEnvironment;
import java.util.Optional;

/** The small store for the kit. */
public final class StoreFixture implements ExtensionStoreFixture {
    private final StoreFlaw flaw;
    private final TckEnvironment env;
    private final Store store;

    public StoreFixture(TckEnvironment env, StoreFlaw flaw) {
        this.flaw = flaw;
        this.env = env;
        this.store = new FlawedStore(flaw, env.clock(), 1_000);
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Optional<Store> another() {
        return Optional.of(flaw == StoreFlaw.INSTANCES_APART ? new FlawedStore(flaw, env.clock(), 1_000) : store);
    }

    @Override
    public Optional<Store> small(int values) {
        return Optional.of(new FlawedStore(flaw, env.clock(), values));
    }
}
