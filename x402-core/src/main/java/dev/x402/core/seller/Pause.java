package dev.x402.core.seller;

import java.time.Duration;

/** Lets time pass; in a server {@code d -> Thread.sleep(d.toMillis())}. */
@FunctionalInterface
public interface Pause {
    /**
     * Returns after so long.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    void pause(Duration length) throws InterruptedException;
}
