package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.core.Pause;
import dev.x402.spi.Bytes;
import dev.x402.spi.Claim;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.PaymentKey;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claim store as the steps use it: waits for the identical request in flight, forgets without failing. */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final ClaimStore store;
    private final Pause pause;
    private final Duration wait;
    private final int keepAtMost;

    Claims(ClaimStore store, Pause pause, Duration wait, int keepAtMost) {
        this.store = store;
        this.pause = pause;
        this.wait = wait;
        this.keepAtMost = keepAtMost;
    }

    /** Claims, and while the same request is busy asks again until the wait is over. */
    Claim claim(PaymentKey key, String binding, Duration lease) {
        Duration waited = Duration.ZERO;
        Duration next = FIRST_PAUSE;
        Claim claim = store.claim(key, binding, lease);
        while (claim instanceof Claim.Busy && waited.compareTo(wait) < 0) {
            Duration length = shorter(next, wait.minus(waited));
            try {
                pause.pause(length);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return claim;
            }
            waited = waited.plus(length);
            next = shorter(next.multipliedBy(2), LONGEST_PAUSE);
            claim = store.claim(key, binding, lease);
        }
        return claim;
    }

    boolean keep(Walk walk, Bytes response) {
        return store.finish(walk.claim().orElseThrow(), Kept.of(response, keepAtMost));
    }

    /** Gives up a claim of which nothing was settled; one that cannot be given up ends with its lease. */
    void forget(Walk walk) {
        Optional<Claim.Mine> mine = walk.claim();
        walk.claimed(null);
        if (mine.isPresent()) {
            try {
                store.forget(mine.get());
            } catch (RuntimeException e) {
                LOG.warn(
                        "claim of payment {} could not be given up; it ends with its lease: {}",
                        mine.get().key(),
                        Fault.of(e));
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
