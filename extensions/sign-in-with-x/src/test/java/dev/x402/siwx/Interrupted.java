package dev.x402.siwx;

import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import java.time.Instant;
import java.util.Optional;

/** A store in which something else happens just before a write. */
final class Interrupted implements Store {
    private final Store store;
    private Optional<String> where = Optional.empty();
    private Runnable what = () -> {};

    Interrupted(Store store) {
        this.store = store;
    }

    /** Before the next write to this space, once. */
    void before(String space, Runnable happens) {
        where = Optional.of(space);
        what = happens;
    }

    @Override
    public Optional<Bytes> find(String space, String key) {
        return store.find(space, key);
    }

    @Override
    public Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
        if (where.equals(Optional.of(space))) {
            where = Optional.empty();
            what.run();
        }
        return store.write(space, key, seen, next, until);
    }
}
