package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.core.Pause;
import dev.x402.spi.Bytes;
import dev.x402.spi.Claim;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claim store as the steps use it: waits for the identical request in flight, forgets without failing. */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private final ClaimStore store;
    private final Pause pause;
    private final Duration wait;
    private final int keepAtMost;
    private final Watch watch;
    private final Sides sides;
    private final Set<Walk> working = ConcurrentHashMap.newKeySet();

    Claims(ClaimStore store, Pause pause, Duration wait, int keepAtMost, Watch watch, Sides sides) {
        this.store = store;
        this.pause = pause;
        this.wait = wait;
        this.keepAtMost = keepAtMost;
        this.watch = watch;
        this.sides = sides;
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

    /** Writes down that the settlement is asked, before it is; false: the claim was lost. */
    boolean ask(Walk walk, Charge charge) {
        walk.asking(charge);
        return store.ask(walk.claim().orElseThrow(), charge);
    }

    /** Keeps the response and the charge; false: the claim was lost. */
    boolean keep(Walk walk, Bytes response) {
        return finish(walk, Kept.of(response, keepAtMost));
    }

    /** Remembers that a response went out and was not kept; false: the claim was lost. */
    boolean keepNothing(Walk walk) {
        return finish(walk, NOTHING);
    }

    private boolean finish(Walk walk, Bytes kept) {
        return store.finish(walk.claim().orElseThrow(), kept, walk.charge().orElseThrow());
    }

    /** Writes down what is known of the money; what cannot be written is asked again later. */
    void note(Walk walk, Settlement now, boolean fetched) {
        Charge charge = walk.charge().orElseThrow();
        boolean unproven = Settling.isUnproven(now, charge.payment());
        Optional<Duration> again = watch.again(charge.payment(), now);
        boolean noted = charge.known().equals(Optional.of(now)) && !fetched && again.isEmpty() && !walk.isDue();
        if (unproven || noted || !sides.told(walk, now)) {
            return;
        }
        try {
            store.note(walk.claim().orElseThrow(), now, again, fetched);
        } catch (RuntimeException e) {
            LOG.warn("the outcome of {} could not be noted; it is asked again: {}", charge, Fault.of(e));
        }
    }

    /** Claims whose settlement is to be asked again, whoever asked. */
    List<Claim.Mine> due(int limit) {
        return store.due(limit);
    }

    List<Charge> undelivered(int limit) {
        return store.undelivered(limit);
    }

    /** The handler runs: the claim is renewed until it is idle. */
    void working(Walk walk) {
        working.add(walk);
    }

    void idle(Walk walk) {
        working.remove(walk);
    }

    /** Renews the claims of all work that goes on here; returns how many are still ours. */
    int renew() {
        int ours = 0;
        for (Walk walk : working) {
            try {
                ours += store.renew(walk.claim().orElseThrow(), walk.lease()) ? 1 : 0;
            } catch (RuntimeException e) {
                LOG.warn(
                        "claim of payment {} could not be renewed: {}",
                        walk.key().orElseThrow(),
                        Fault.of(e));
            }
        }
        return ours;
    }

    /** Gives up a claim whose work is not done; one that cannot be given up ends with its lease. */
    void forget(Walk walk) {
        Optional<Claim.Mine> mine = walk.claim();
        walk.unclaimed();
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
