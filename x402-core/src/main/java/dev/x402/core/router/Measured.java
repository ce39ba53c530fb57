package dev.x402.core.router;

import java.time.Duration;

/**
 * How one facilitator answers: averages in which the newer weighs more, an eighth for the newest.
 *
 * @param micros to answer; negative before the first answer
 * @param health calls of a thousand that went well
 */
record Measured(long micros, int health) {
    static final Measured NOTHING = new Measured(-1, 1_000);
    private static final int WEIGHT = 8;

    Measured answered(Duration time) {
        long seen = Math.max(0, time.toNanos() / 1_000);
        return new Measured(micros < 0 ? seen : micros + (seen - micros) / WEIGHT, toward(1_000));
    }

    Measured failed() {
        return new Measured(micros, toward(0));
    }

    private int toward(int goal) {
        return health + (goal - health) / WEIGHT;
    }
}
