package dev.x402.tck;

import dev.x402.tck.stamp.StoreFixture;
import dev.x402.tck.stamp.StoreFlaw;

/** The reference of stores holds every rule. */
final class SmallStoreTest implements ExtensionStoreRules {
    @Override
    public ExtensionStoreFixture store(TckEnvironment env) {
        return new StoreFixture(env, StoreFlaw.NONE);
    }
}
