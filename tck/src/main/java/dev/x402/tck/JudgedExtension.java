package dev.x402.tck;

import dev.x402.spi.PaymentExtension;
import dev.x402.spi.Rail;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An extension, as the kit runs it. */
record JudgedExtension(ExtensionFixture of) implements Schemeless {
    @Override
    public Subject subject() {
        PaymentExtension extension = of.extension();
        return Subject.of(extension.getClass(), extension.key(), "", of.capabilities(), Map.of());
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return of.port(type);
    }

    @Override
    public Set<Capability> capabilities() {
        return of.capabilities();
    }

    @Override
    public Collection<Rail> rails() {
        return of.rails();
    }

    @Override
    public Artifact artifact() {
        return of.artifact();
    }

    @Override
    public void close() {
        of.close();
    }
}
