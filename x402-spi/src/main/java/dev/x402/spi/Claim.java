package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/** What came of claiming a payment for a request. */
public sealed interface Claim {
    /**
     * The claim is ours.
     *
     * @param key that is claimed
     * @param fence rises with every taking over
     * @param charge present when a settlement was asked before and the work is not done: ask again, then work
     */
    record Mine(PaymentKey key, long fence, Optional<Charge> charge) implements Claim {
        public Mine {
            requireNonNull(key, "key");
            requireNonNull(charge, "charge");
        }
    }

    /**
     * The same request is being worked on.
     *
     * @param retryAfter when to ask again
     */
    record Busy(Duration retryAfter) implements Claim {
        public Busy {
            requireNonNull(retryAfter, "retryAfter");
        }
    }

    /**
     * The work is done: settle again, then send this; no verification, no work.
     *
     * @param mine the claim under which it was done, with its charge
     * @param response as it was kept; of no bytes when it was not kept, too large or too old
     */
    record Done(Mine mine, Bytes response) implements Claim {
        public Done {
            requireNonNull(mine, "mine");
            requireNonNull(response, "response");
        }
    }

    /** The same payment was used for another request. */
    record Other() implements Claim {}
}
