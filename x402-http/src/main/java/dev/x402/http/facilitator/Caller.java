package dev.x402.http.facilitator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Who asks a facilitator, or why nobody may. */
public sealed interface Caller {
    /**
     * A caller that may ask.
     *
     * @param name of the tenant; empty where there is one
     */
    record Tenant(String name) implements Caller {
        public Tenant {
            requireNonNull(name, "name");
        }
    }

    /**
     * Nobody that is known: answered by 401.
     *
     * @param challenge the value of {@code WWW-Authenticate}, such as {@code Bearer}
     */
    record Unknown(String challenge) implements Caller {
        public Unknown {
            requireNonNull(challenge, "challenge");
        }
    }

    /** Somebody who may not ask this: answered by 403. */
    record Forbidden() implements Caller {}

    /**
     * Somebody who asks too often: answered by 429.
     *
     * @param retryAfter when to ask again
     */
    record Limited(Duration retryAfter) implements Caller {
        public Limited {
            requireNonNull(retryAfter, "retryAfter");
        }
    }
}
