package dev.x402.tck;

import dev.x402.spi.Asset;
import dev.x402.spi.Rail;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plugin that brings names and assets, and no scheme. */
record DataFixture(Artifact artifact, Collection<Rail> rails, Collection<Asset> assets) implements Schemeless {
    DataFixture {
        rails = List.copyOf(rails);
        assets = List.copyOf(assets);
    }

    @Override
    public Subject subject() {
        Path from = artifact.location();
        return new Subject("", "", "", String.valueOf(from.getFileName()), Subject.hash(from), List.of(), Map.of());
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }
}
