package dev.x402.tck.stamp;

import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A small store of extensions with one thing wrong. */
final class FlawedStore implements Store {
    private static final long A_WHILE = 2_000_000;

    private final StoreFlaw flaw;
    private final Clock clock;
    private final int most;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Object lock = new Object();

    private record Value(Bytes bytes, Instant until) {}

    FlawedStore(StoreFlaw flaw, Clock clock, int most) {
        this.flaw = flaw;
        this.clock = clock;
        this.most = most;
    }

    @Override
    public Optional<Bytes> find(String space, String key) {
        synchronized (lock) {
            Value value = values.get(name(space, key));
            Duration late = flaw == StoreFlaw.FOUND_A_SECOND_LATE ? Duration.ofSeconds(1) : Duration.ZERO;
            if (value == null || !value.until().plus(late).isAfter(clock.instant())) {
                return Optional.empty();
            }
            return flaw == StoreFlaw.EMPTY_IS_NONE && value.bytes().size() == 0
                    ? Optional.empty()
                    : Optional.of(value.bytes());
        }
    }

    @Override
    public Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
        if (flaw != StoreFlaw.BOUNDS_UNCHECKED) {
            requireBounds(space, key, next);
        }
        boolean torn = seen.isEmpty() ? flaw == StoreFlaw.LOOKS_THEN_PUTS : flaw == StoreFlaw.COMPARES_THEN_PUTS;
        if (torn) {
            boolean same;
            synchronized (lock) {
                same = seen.equals(Optional.ofNullable(live(name(space, key))).map(Value::bytes));
            }
            LockSupport.parkNanos(A_WHILE);
            synchronized (lock) {
                return same ? put(name(space, key), next, until) : Written.CHANGED;
            }
        }
        synchronized (lock) {
            return written(name(space, key), seen, next, until);
        }
    }

    private Written written(String name, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
        Value known = flaw == StoreFlaw.WRITES_IGNORE_THE_END ? values.get(name) : live(name);
        boolean anew = flaw == StoreFlaw.THE_LOST_IS_WRITTEN_ANEW && !values.containsKey(name) && next.isPresent();
        if (!seen.equals(Optional.ofNullable(known).map(Value::bytes)) && !anew) {
            if (flaw == StoreFlaw.WRITES_AND_SAYS_CHANGED && seen.isEmpty()) {
                put(name, next, until);
            }
            return flaw == StoreFlaw.REMOVES_TWICE && known == null && next.isEmpty() ? Written.DONE : Written.CHANGED;
        }
        return put(name, next, known != null && flaw == StoreFlaw.FIRST_END_COUNTS ? known.until() : until);
    }

    private Written put(String name, Optional<Bytes> next, Instant until) {
        if (next.isEmpty()) {
            values.remove(name);
            return Written.DONE;
        }
        boolean known = live(name) != null && flaw != StoreFlaw.CHANGES_NEED_ROOM;
        if (!known) {
            values.values()
                    .removeIf(value -> flaw != StoreFlaw.WRITES_IGNORE_THE_END
                            && flaw != StoreFlaw.THE_LOST_IS_WRITTEN_ANEW
                            && isOver(value));
        }
        if (!known && live() >= most) {
            if (flaw != StoreFlaw.EVICTS) {
                return Written.FULL;
            }
            values.remove(values.keySet().iterator().next());
        }
        values.put(name, new Value(next.get(), until));
        return Written.DONE;
    }

    private long live() {
        return values.values().stream().filter(value -> !isOver(value)).count();
    }

    private @Nullable Value live(String name) {
        Value value = values.get(name);
        return value == null || isOver(value) ? null : value;
    }

    private boolean isOver(Value value) {
        return !value.until().isAfter(clock.instant());
    }

    private String name(String space, String key) {
        String exact = flaw == StoreFlaw.KEYS_IGNORE_CASE ? key.toLowerCase(Locale.ROOT) : key;
        return space + (flaw == StoreFlaw.SPACES_JOINED ? "" : "\n") + exact;
    }

    private static void requireBounds(String space, String key, Optional<Bytes> next) {
        if (!space.matches("[a-z0-9-]{1,32}")
                || key.length() > LONGEST_KEY
                || next.filter(value -> value.size() > LARGEST_VALUE).isPresent()) {
            throw new IllegalArgumentException("over the bounds");
        }
    }
}
