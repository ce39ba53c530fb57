package dev.x402.tck.reference;

import dev.x402.spec.AssetId;
import dev.x402.spi.Asset;
import dev.x402.spi.SchemeContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** What a scheme is told that carries its own copy of the assets, whatever its asset source lists. */
record KnowingContext(SchemeContext right) implements SchemeContext {
    static SchemeContext of(SchemeContext right, Flaw flaw) {
        return flaw == Flaw.ASSET_MISSING ? new KnowingContext(right) : right;
    }

    @Override
    public Clock clock() {
        return right.clock();
    }

    @Override
    public SecureRandom random() {
        return right.random();
    }

    @Override
    public Optional<Asset> asset(AssetId id) {
        return FlawedAssets.of(Flaw.NONE).stream()
                .filter(asset -> asset.id().equals(id))
                .findFirst();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return right.port(type);
    }
}
