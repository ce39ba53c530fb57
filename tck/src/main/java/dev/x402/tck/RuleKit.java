package dev.x402.tck;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A set of rules; sets compose by implementing several. */
@SuppressWarnings("exports")
@ExtendWith(KitExtension.class)
@TestMethodOrder(MethodOrderer.MethodName.class)
public interface RuleKit {
    /**
     * A new plugin on a new rail, for one rule.
     *
     * @param env clock, randomness and seed, which the fixture hands on
     * @throws Exception when it cannot be made; the rule is then inconclusive
     */
    SchemeFixture fixture(TckEnvironment env) throws Exception;
}
