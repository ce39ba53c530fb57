package dev.x402.tck;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store of extensions, as the kit runs it. */
record JudgedStore(ExtensionStoreFixture of) implements Schemeless {
    @Override
    public Subject subject() {
        return Subject.of(of.store().getClass(), "store of extensions", "", Set.of(), Map.of());
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public void close() {
        of.close();
    }
}
