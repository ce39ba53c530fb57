package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What came of claiming a payment for a request. */
public sealed interface Claim {
    /**
     * The claim is ours: verify, work, finish, settle.
     *
     * @param key that is claimed
     * @param fence rises with every taking over
     */
    record Mine(PaymentKey key, long fence) implements Claim {
        public Mine {
            requireNonNull(key, "key");
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
     * @param response as it was kept; of no bytes when it was too large or too old to keep
     */
    record Done(Bytes response) implements Claim {
        public Done {
            requireNonNull(response, "response");
        }
    }

    /** The same payment was used for another request. */
    record Other() implements Claim {}
}
