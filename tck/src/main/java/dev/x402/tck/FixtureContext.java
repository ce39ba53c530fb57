package dev.x402.tck;

import dev.x402.spec.AssetId;
import dev.x402.spi.Asset;
import dev.x402.spi.Rail;
import dev.x402.spi.SchemeContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** What the kit hands to a scheme: the environment, and what the fixture has. */
record FixtureContext(TckEnvironment env, SchemeFixture fixture, SecureRandom random) implements SchemeContext {
    @Override
    public Clock clock() {
        return env.clock();
    }

    /** The same with randomness of its own. */
    FixtureContext seeded(String word) {
        return new FixtureContext(env, fixture, new SeededRandom(env.seed() + "/" + word));
    }

    @Override
    public Optional<Asset> asset(AssetId id) {
        String wanted = canonical(id);
        return fixture.assets().stream()
                .filter(asset -> asset.id().network().equals(id.network()))
                .filter(asset -> canonical(asset.id()).equals(wanted))
                .findFirst();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return fixture.port(type);
    }

    private String canonical(AssetId id) {
        for (Rail rail : fixture.rails()) {
            Optional<String> canonical = rail.canonicalAsset(id.network(), id.reference());
            if (canonical.isPresent()) {
                return canonical.get();
            }
        }
        return id.reference();
    }
}
