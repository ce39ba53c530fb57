package dev.x402.tck;

import dev.x402.tck.stamp.StampFixture;
import dev.x402.tck.stamp.StampFlaw;

/** The reference of extensions holds every rule. */
final class StampTest implements ExtensionRules {
    @Override
    public ExtensionFixture extension(TckEnvironment env) {
        return new StampFixture(StampFlaw.NONE);
    }
}
