package dev.x402.tck;

import dev.x402.spi.PaymentExtension;
import java.util.Optional;

/** What the kit must know of a store of extensions: one serves one rule. */
public interface ExtensionStoreFixture extends AutoCloseable {
    /** The store, empty at first, whose time is the clock of the {@link TckEnvironment}. */
    PaymentExtension.Store store();

    /** The same memory as another process sees it; empty where it ends with the process. */
    default Optional<PaymentExtension.Store> another() {
        return Optional.empty();
    }

    /** A store with room for so many values, if its bound can be set. */
    default Optional<PaymentExtension.Store> small(int values) {
        return Optional.empty();
    }

    /** Releases the memory. */
    @Override
    default void close() {}
}
