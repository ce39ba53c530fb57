package org.town;

import dev.x402.scheme.exact.evm.EvmRail;
import dev.x402.tck.Artifact;
import dev.x402.tck.AssetRules;
import dev.x402.tck.PackagingRules;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import java.util.List;

/** The rules for assets and packaging; the rail and the scheme are somebody else's, and judged there. */
class TownDollarTest implements AssetRules, PackagingRules {
    @Override
    public SchemeFixture fixture(TckEnvironment env) {
        return SchemeFixture.dataOnly(
                Artifact.of(TownDollar.class), List.of(new EvmRail()), new TownDollar().assets());
    }
}
