package dev.x402.siwx;

import static java.util.Objects.requireNonNull;

import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What one payment for a route buys, beyond the answer that was paid.
 *
 * @param further how many more requests; empty: any number
 * @param lasts from the settlement on
 * @param oneTarget whether it opens only the method, path and query that were paid
 * @param from how sure the money must be
 */
public record Plan(OptionalInt further, Duration lasts, boolean oneTarget, Stage from) {
    private static final Duration EVER = Duration.ofDays(100 * 365L);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when there are fewer than one request or no time
     */
    public Plan {
        requireNonNull(from, "from");
        if (further.isPresent() && further.getAsInt() < 1) {
            throw new IllegalArgumentException("plan: expected one further request or more, saw " + further.getAsInt());
        }
        if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(EVER) > 0) {
            throw new IllegalArgumentException("plan: expected a time above zero and up to 100 years, saw " + lasts);
        }
    }

    /**
     * So many requests, the paid one among them.
     *
     * @param requests 2 or more
     */
    public static Plan calls(int requests) {
        if (requests < 2) {
            throw new IllegalArgumentException(
                    "plan: expected 2 calls or more, saw " + requests + "; the paid request is the first of them");
        }
        return new Plan(OptionalInt.of(requests - 1), EVER, false, Stage.SETTLED);
    }

    /** Any number of requests for this time. */
    public static Plan lasting(Duration time) {
        return new Plan(OptionalInt.empty(), time, false, Stage.SETTLED);
    }

    /** Any number of requests for a hundred years. */
    public static Plan forEver() {
        return lasting(EVER);
    }

    /** The same, but not longer than this. */
    public Plan within(Duration time) {
        return new Plan(further, time, oneTarget, from);
    }

    /** The same, for the method, path and query that were paid, such as one article. */
    public Plan forOneTarget() {
        return new Plan(further, lasts, true, from);
    }

    /** The same, from another stage of the settlement on; {@link Stage#SETTLED} unless said. */
    public Plan from(Stage stage) {
        return new Plan(further, lasts, oneTarget, stage);
    }
}
