package dev.x402.core.facilitator;

import java.util.Random;
import java.util.function.Supplier;

/** What goes wrong at the calls of a store or a rail: kills, long pauses, lost requests and lost answers. */
final class Faults {
    private static final long PAST_THE_LEASE = 11_000;

    private final Baton baton;
    private final Random random;
    private double rate;
    int kills;
    int pauses;
    int losses;

    Faults(Baton baton, Random random, double rate) {
        this.baton = baton;
        this.random = random;
        this.rate = rate;
    }

    void stop() {
        rate = 0;
    }

    boolean isOn() {
        return rate > 0;
    }

    /** One call: its effect happens, or not, and the caller hears of it, or not. */
    <T> T call(Supplier<T> effect, Supplier<RuntimeException> loss) {
        baton.rest(random.nextInt(5) < 2 ? 1 + random.nextInt(40) : 0);
        disturb(loss);
        T result = effect.get();
        disturb(loss);
        return result;
    }

    private void disturb(Supplier<RuntimeException> loss) {
        if (rate == 0) {
            return;
        }
        double fate = random.nextDouble() / rate;
        if (fate < 0.006) {
            kills++;
            baton.process().kill();
            throw new Baton.Killed();
        } else if (fate < 0.011) {
            pauses++;
            baton.rest(PAST_THE_LEASE + random.nextInt(30_000));
        } else if (fate < 0.035) {
            losses++;
            throw loss.get();
        }
    }
}
