package dev.x402.tck;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Lets time pass for clock and rail together, from one thread at a time. */
final class Timekeeper {
    private final KitClock clock;
    private final SchemeFixture fixture;
    private final ReentrantLock passing = new ReentrantLock();

    Timekeeper(KitClock clock, SchemeFixture fixture) {
        this.clock = clock;
        this.fixture = fixture;
    }

    void pass(Duration duration) {
        passing.lock();
        try {
            clock.forward(duration);
            fixture.rail().tick(clock.instant());
        } finally {
            passing.unlock();
        }
    }

    KitClock clock() {
        return clock;
    }
}
