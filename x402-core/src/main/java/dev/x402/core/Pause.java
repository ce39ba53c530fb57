package dev.x402.core;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How engine and gate wait; tests pass their own and so own the time. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits this long, or less.
     *
     * @throws InterruptedException when the thread was interrupted; the caller then answers what it knows
     */
    void pause(Duration time) throws InterruptedException;

    /** Waits by parking the calling thread. */
    static Pause ofThreads() {
        return time -> {
            LockSupport.parkNanos(time.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for a payment");
            }
        };
    }
}
