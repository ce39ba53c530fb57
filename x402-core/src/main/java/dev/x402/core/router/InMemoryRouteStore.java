package dev.x402.core.router;

import static java.util.Objects.requireNonNull;

import dev.x402.spi.PaymentKey;
import dev.x402.spi.RouteStore;
import dev.x402.spi.RouteStore.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bindings in the memory of one process; lost with it.
 *
 * <p>A binding is kept for a time after it was last used. A full store refuses by throwing
 * {@link IllegalStateException}; it never drops a binding before its time. Safe for threads.
 */
public final class InMemoryRouteStore implements RouteStore {
    private static final Duration KEEP = Duration.ofHours(25);
    private static final int MOST = 1_000_000;

    private final Clock clock;
    private final Duration keep;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PaymentKey, Entry> entries = new LinkedHashMap<>();

    private InMemoryRouteStore(Clock clock, Duration keep, int most) {
        this.clock = clock;
        this.keep = keep;
        this.most = most;
    }

    /** A store of a million bindings, each kept for 25 hours. */
    public static InMemoryRouteStore of(Clock clock) {
        return of(clock, KEEP, MOST);
    }

    /** A store of so many bindings, each kept so long after its last use. */
    public static InMemoryRouteStore of(Clock clock, Duration keep, int most) {
        if (keep.isNegative() || keep.isZero() || most < 1) {
            throw new IllegalArgumentException(
                    "routes: expected a time above zero and room for one, saw " + keep + " and " + most);
        }
        return new InMemoryRouteStore(requireNonNull(clock, "clock"), keep, most);
    }

    @Override
    public Optional<String> find(PaymentKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(used(key)).map(entry -> entry.facilitator);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Route bind(PaymentKey key, String facilitator) {
        lock.lock();
        try {
            Entry entry = used(key);
            if (entry == null) {
                if (entries.size() >= most) {
                    throw new IllegalStateException("routes: expected room, saw " + entries.size() + " of " + most
                            + " bindings taken; enlarge the store or keep them less long");
                }
                entry = new Entry(facilitator, clock.instant().plus(keep).toEpochMilli());
                entries.put(key, entry);
            }
            entry.askings++;
            return new Route(entry.facilitator, entry.askings);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean release(PaymentKey key, String facilitator) {
        lock.lock();
        try {
            Entry entry = used(key);
            if (entry == null || entry.askings != 1 || !entry.facilitator.equals(facilitator)) {
                return false;
            }
            entries.remove(key);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is over, which stands first, and keeps what is used for longer. */
    private @Nullable Entry used(PaymentKey key) {
        long now = clock.instant().toEpochMilli();
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext() && oldest.next().until <= now) {
            oldest.remove();
        }
        Entry entry = entries.remove(key);
        if (entry != null) {
            entry.until = now + keep.toMillis();
            entries.put(key, entry);
        }
        return entry;
    }

    private static final class Entry {
        private final String facilitator;
        private long until;
        private long askings;

        Entry(String facilitator, long until) {
            this.facilitator = facilitator;
            this.until = until;
        }
    }
}
