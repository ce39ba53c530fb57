package dev.x402.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BoundTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final BindingKey KEY = BindingKey.of("", "pay_0123456789");
    private static final Fingerprint ONE = new Fingerprint(Bytes.of(new byte[] {1}));
    private static final Fingerprint TWO = new Fingerprint(Bytes.of(new byte[] {2}));

    @Test
    void a_name_is_bound_until_its_end() {
        Store store = InMemoryExtensionStore.of(CLOCK);
        assertTrue(new Bound(store, CLOCK, HOUR).bind(KEY, ONE));
        Clock later = Clock.offset(CLOCK, HOUR.minusNanos(1));
        assertFalse(new Bound(store, later, HOUR).bind(KEY, TWO));
    }

    @Test
    void a_full_store_binds_nothing_and_says_so() {
        Store store = InMemoryExtensionStore.of(CLOCK, 1, 10_000);
        Bound bound = new Bound(store, CLOCK, HOUR);
        bound.bind(BindingKey.of("", "pay_another"), ONE);
        IllegalStateException full = assertThrows(IllegalStateException.class, () -> bound.bind(KEY, ONE));
        assertEquals("payment identifiers: expected room for another, saw a full store; enlarge it", full.getMessage());
        assertTrue(bound.allows(KEY, TWO));
    }

    @Test
    void who_comes_second_in_a_race_is_judged_by_what_the_first_bound() {
        Store store = InMemoryExtensionStore.of(CLOCK);
        Store late = new LateStore(store);
        assertFalse(new Bound(late, CLOCK, HOUR).bind(KEY, TWO));
        assertTrue(new Bound(new LateStore(InMemoryExtensionStore.of(CLOCK)), CLOCK, HOUR).bind(KEY, ONE));
    }

    @Test
    void a_store_that_is_never_still_is_given_up() {
        Bound bound = new Bound(new RestlessStore(), CLOCK, HOUR);
        IllegalStateException restless = assertThrows(IllegalStateException.class, () -> bound.bind(KEY, ONE));
        assertEquals(
                "payment identifiers: expected an answer of the store, saw 8 changes of one key",
                restless.getMessage());
    }

    @Test
    void tenant_and_name_are_not_taken_for_one_another() {
        assertFalse(BindingKey.of("ab", "c").equals(BindingKey.of("a", "bc")));
    }

    /** Lets another bind the name between the first look and the first writing. */
    private record LateStore(Store store, AtomicInteger looks) implements Store {
        LateStore(Store store) {
            this(store, new AtomicInteger());
        }

        @Override
        public Optional<Bytes> find(String space, String key) {
            Optional<Bytes> found = store.find(space, key);
            if (looks.getAndIncrement() == 0) {
                store.write(
                        space,
                        key,
                        found,
                        Optional.of(ONE.bytes()),
                        CLOCK.instant().plus(HOUR));
            }
            return found;
        }

        @Override
        public Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
            return store.write(space, key, seen, next, until);
        }
    }

    private static final class RestlessStore implements Store {
        @Override
        public Optional<Bytes> find(String space, String key) {
            return Optional.empty();
        }

        @Override
        public Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
            return Written.CHANGED;
        }
    }
}
