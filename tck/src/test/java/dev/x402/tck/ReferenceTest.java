package dev.x402.tck;

import dev.x402.tck.reference.Flaw;
import dev.x402.tck.reference.LedgerFixture;

/** The reference holds every rule. */
// snippet: author
final class ReferenceTest implements SchemeConformance {
    @Override
    public SchemeFixture fixture(TckEnvironment env) {
        return new LedgerFixture(env, Flaw.NONE);
    }
}
// end: author
