package dev.x402.scheme.ach;

import dev.x402.tck.SchemeConformance;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;

final class PrefundedConformanceTest implements SchemeConformance {
    @Override
    public SchemeFixture fixture(TckEnvironment env) {
        return new AchFixture(env, Funding.PREFUNDED, true);
    }
}
