package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A plugin that brings names and assets, and no scheme. */
record DataFixture(Artifact artifact, Collection<Rail> rails, Collection<Asset> assets) implements SchemeFixture {
    DataFixture {
        rails = List.copyOf(rails);
        assets = List.copyOf(assets);
    }

    @Override
    public PaymentScheme scheme() {
        throw none();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public PaymentRequirements offer() {
        throw none();
    }

    @Override
    public String payer() {
        throw none();
    }

    @Override
    public String stranger() {
        throw none();
    }

    @Override
    public AtomicAmount balance(String account) {
        throw none();
    }

    @Override
    public void fund(String account, AtomicAmount amount) {
        throw none();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    private static RuntimeException none() {
        return Unjudged.notApplicable("the plugin brings no scheme");
    }
}
