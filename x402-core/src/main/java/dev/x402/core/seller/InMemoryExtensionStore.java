package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What extensions remember, in the memory of one process; lost with it.
 *
 * <p>Each space has room of its own, so that a crowd in one leaves the others alone. A full space refuses new keys and
 * never drops a value before its end; a value that is there may always be changed. Safe for threads.
 */
public final class InMemoryExtensionStore implements PaymentExtension.Store {
    private static final Pattern SPACE = Pattern.compile("[a-z0-9-]{1,32}");
    private static final int MOST = 100_000;
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final Clock clock;
    private final int most;
    private final long mostBytes;
    private final Map<String, Space> spaces = new ConcurrentHashMap<>();

    private InMemoryExtensionStore(Clock clock, int most, long mostBytes) {
        this.clock = clock;
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** A store of 100,000 values and 64 MiB in each space. */
    public static InMemoryExtensionStore of(Clock clock) {
        return of(clock, MOST, MOST_BYTES);
    }

    /**
     * A store with so much room in each space.
     *
     * @param most values of a space
     * @param mostBytes of keys and values of a space, above which it takes no new key
     */
    public static InMemoryExtensionStore of(Clock clock, int most, long mostBytes) {
        if (most < 1 || mostBytes < 1) {
            throw new IllegalArgumentException(
                    "extension store: expected room for one, saw " + most + " values of " + mostBytes + " bytes");
        }
        return new InMemoryExtensionStore(requireNonNull(clock, "clock"), most, mostBytes);
    }

    @Override
    public Optional<Bytes> find(String space, String key) {
        Space found = spaces.get(space);
        return found == null ? Optional.empty() : found.find(key, clock.instant());
    }

    @Override
    public Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
        requireBounds(space, key, next);
        requireNonNull(seen, "seen");
        requireNonNull(until, "until");
        return spaces.computeIfAbsent(space, name -> new Space()).write(key, seen, next, until, clock.instant());
    }

    private static void requireBounds(String space, String key, Optional<Bytes> next) {
        if (!SPACE.matcher(space).matches()) {
            throw new IllegalArgumentException("space: expected " + SPACE + ", saw \"" + space + "\"");
        }
        if (key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "key: expected at most " + LONGEST_KEY + " characters, saw " + key.length());
        }
        if (next.isPresent() && next.get().size() > LARGEST_VALUE) {
            throw new IllegalArgumentException("value: expected at most " + LARGEST_VALUE + " bytes, saw "
                    + next.get().size());
        }
    }

    private final class Space {
        private static final int SWEPT_AT_ONCE = 16;

        private final ReentrantLock lock = new ReentrantLock();
        private final Map<String, Entry> entries = new HashMap<>();
        private final TreeSet<Entry> soonest =
                new TreeSet<>(Comparator.comparing((Entry entry) -> entry.until).thenComparing(entry -> entry.number));
        private long numbers;
        private long bytes;

        Optional<Bytes> find(String key, Instant now) {
            lock.lock();
            try {
                Entry entry = live(key, now);
                return entry == null ? Optional.empty() : Optional.of(entry.value);
            } finally {
                lock.unlock();
            }
        }

        Written write(String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until, Instant now) {
            lock.lock();
            try {
                sweep(now);
                Entry known = live(key, now);
                if (!seen.equals(Optional.ofNullable(known).map(entry -> entry.value))) {
                    return Written.CHANGED;
                }
                if (known != null) {
                    drop(known);
                }
                if (next.isEmpty() || !until.isAfter(now)) {
                    return Written.DONE;
                }
                Entry entry = new Entry(key, next.get(), until, numbers++);
                if (known == null && !hasRoom(entry, now)) {
                    return Written.FULL;
                }
                keep(entry);
                return Written.DONE;
            } finally {
                lock.unlock();
            }
        }

        private @Nullable Entry live(String key, Instant now) {
            Entry entry = entries.get(key);
            return entry == null || entry.isOver(now) ? null : entry;
        }

        private boolean hasRoom(Entry another, Instant now) {
            while (entries.size() >= most || bytes + another.size() > mostBytes) {
                if (soonest.isEmpty() || !soonest.first().isOver(now)) {
                    return false;
                }
                drop(soonest.first());
            }
            return true;
        }

        /** A few at once, so that no write pays for all that ended together. */
        private void sweep(Instant now) {
            for (int i = 0;
                    i < SWEPT_AT_ONCE && !soonest.isEmpty() && soonest.first().isOver(now);
                    i++) {
                drop(soonest.first());
            }
        }

        private void keep(Entry entry) {
            Entry over = entries.put(entry.key, entry);
            if (over != null) {
                soonest.remove(over);
                bytes -= over.size();
            }
            soonest.add(entry);
            bytes += entry.size();
        }

        private void drop(Entry entry) {
            entries.remove(entry.key);
            soonest.remove(entry);
            bytes -= entry.size();
        }
    }

    private record Entry(String key, Bytes value, Instant until, long number) {
        boolean isOver(Instant now) {
            return !until.isAfter(now);
        }

        int size() {
            return 2 * key.length() + value.size();
        }
    }
}
