package dev.x402.tck;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** What the kit gives a fixture: its clock, its randomness, and the seed. */
public final class TckEnvironment {
    private final String rule;
    private final long seed;
    private final Optional<URI> facilitator;
    private final KitClock clock = new KitClock();
    private final SecureRandom random;

    TckEnvironment(String rule, long seed, Optional<URI> facilitator) {
        this.facilitator = facilitator;
        this.rule = rule;
        this.seed = seed;
        this.random = new SeededRandom(seed + "/" + rule);
    }

    /** The rule that the fixture is for, such as {@code X402-VERIFY-05}. */
    public String rule() {
        return rule;
    }

    /** The running facilitator that is judged instead of the plugin's own, when one is. */
    public Optional<URI> facilitator() {
        return facilitator;
    }

    /** The seed of the run. */
    public long seed() {
        return seed;
    }

    /** The kit's clock, which goes when the kit says so. */
    public Clock clock() {
        return clock;
    }

    /** Randomness that the seed and the rule repeat. */
    public SecureRandom random() {
        return random;
    }

    /** Lets the kit's clock stand on the rail's own; such as a fixed later time or the real one. */
    public void follow(Clock base) {
        clock.base(base);
    }

    KitClock hands() {
        return clock;
    }
}
