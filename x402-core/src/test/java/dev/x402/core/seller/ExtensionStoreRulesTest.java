package dev.x402.core.seller;

import dev.x402.spi.PaymentExtension.Store;
import dev.x402.tck.ExtensionStoreFixture;
import dev.x402.tck.ExtensionStoreRules;
import dev.x402.tck.TckEnvironment;
import java.util.Optional;

/** The store in memory holds every rule of the kit. */
final class ExtensionStoreRulesTest implements ExtensionStoreRules {
    @Override
    public ExtensionStoreFixture store(TckEnvironment env) {
        Store store = InMemoryExtensionStore.of(env.clock());
        return new ExtensionStoreFixture() {
            @Override
            public Store store() {
                return store;
            }

            @Override
            public Optional<Store> small(int values) {
                return Optional.of(InMemoryExtensionStore.of(env.clock(), values, 1_000_000));
            }
        };
    }
}
