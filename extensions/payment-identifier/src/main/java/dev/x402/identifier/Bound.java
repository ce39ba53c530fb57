package dev.x402.identifier;

import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What each name is bound to. */
final class Bound {
    private static final String SPACE = "payment-identifier";
    private static final int TRIES = 8;

    private final Store store;
    private final Clock clock;
    private final Duration kept;

    Bound(Store store, Clock clock, Duration kept) {
        this.store = store;
        this.clock = clock;
        this.kept = kept;
    }

    /** Whether the name is free or bound to this; writes nothing. */
    boolean allows(BindingKey key, Fingerprint fingerprint) {
        return store.find(SPACE, key.text()).map(fingerprint.bytes()::equals).orElse(true);
    }

    /**
     * Binds a free name; false: it is another's.
     *
     * @throws IllegalStateException when the store has no room, or is never still
     */
    boolean bind(BindingKey key, Fingerprint fingerprint) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Bytes> seen = store.find(SPACE, key.text());
            if (seen.isPresent()) {
                return seen.get().equals(fingerprint.bytes());
            }
            switch (store.write(
                    SPACE,
                    key.text(),
                    seen,
                    Optional.of(fingerprint.bytes()),
                    clock.instant().plus(kept))) {
                case DONE -> {
                    return true;
                }
                case FULL ->
                    throw new IllegalStateException(
                            "payment identifiers: expected room for another, saw a full store; enlarge it");
                case CHANGED -> {}
            }
        }
        throw new IllegalStateException(
                "payment identifiers: expected an answer of the store, saw " + TRIES + " changes of one key");
    }
}
