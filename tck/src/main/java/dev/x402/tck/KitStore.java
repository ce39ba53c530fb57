package dev.x402.tck;

import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The store that the kit gives to an extension; counts what is written. */
final class KitStore implements PaymentExtension.Store {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Name, Value> values = new HashMap<>();
    private long writes;

    private record Name(String space, String key) {}

    private record Value(Bytes bytes, Instant until) {}

    KitStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Bytes> find(String space, String key) {
        return locked(() -> live(new Name(space, key)));
    }

    @Override
    public Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
        if (!space.matches("[a-z0-9-]{1,32}")
                || key.length() > LONGEST_KEY
                || next.filter(value -> value.size() > LARGEST_VALUE).isPresent()) {
            throw new IllegalArgumentException("the extension wrote over the bounds of its store: space \"" + space
                    + "\", a key of " + key.length() + " characters, "
                    + next.map(Bytes::toString).orElse("no value"));
        }
        return locked(() -> {
            writes++;
            Name name = new Name(space, key);
            if (!live(name).equals(seen)) {
                return Written.CHANGED;
            }
            values.remove(name);
            next.ifPresent(value -> values.put(name, new Value(value, until)));
            return Written.DONE;
        });
    }

    /** How often something was written, also in vain. */
    long writes() {
        return locked(() -> writes);
    }

    /** What is there now. */
    Map<String, Bytes> content() {
        return locked(() -> {
            Map<String, Bytes> content = new HashMap<>();
            values.forEach((name, value) -> content.put(name.space() + "/" + name.key(), value.bytes()));
            return content;
        });
    }

    private Optional<Bytes> live(Name name) {
        return Optional.ofNullable(values.get(name))
                .filter(value -> value.until().isAfter(clock.instant()))
                .map(Value::bytes);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
