package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Time;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Store.Written;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InMemoryExtensionStoreTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Optional<Bytes> NOTHING = Optional.empty();
    private static final Optional<Bytes> ONE = value("one");
    private static final Optional<Bytes> TWO = value("two");

    private final Time time = new Time();
    private final Store store = InMemoryExtensionStore.of(time);

    private static Optional<Bytes> value(String text) {
        return Optional.of(Bytes.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private Instant in(Duration length) {
        return time.instant().plus(length);
    }

    @Test
    void a_value_is_found_until_the_moment_at_which_it_ends() {
        store.write("ids", "a", NOTHING, ONE, in(MINUTE));
        time.pass(MINUTE.minusNanos(1));
        assertEquals(ONE, store.find("ids", "a"));
        time.pass(Duration.ofNanos(1));
        assertEquals(NOTHING, store.find("ids", "a"));
    }

    @Test
    void a_value_that_changed_meanwhile_stays() {
        store.write("ids", "a", NOTHING, ONE, in(MINUTE));
        assertEquals(Written.CHANGED, store.write("ids", "a", TWO, NOTHING, in(MINUTE)));
        assertEquals(Written.CHANGED, store.write("ids", "a", NOTHING, TWO, in(MINUTE)));
        assertEquals(ONE, store.find("ids", "a"));
    }

    @Test
    void a_value_that_ended_was_changed() {
        store.write("ids", "a", NOTHING, ONE, in(MINUTE));
        time.pass(MINUTE);
        assertEquals(Written.CHANGED, store.write("ids", "a", ONE, TWO, in(MINUTE)));
        assertEquals(Written.DONE, store.write("ids", "a", NOTHING, TWO, in(MINUTE)));
    }

    @Test
    void a_changed_value_ends_at_its_new_time() {
        store.write("ids", "a", NOTHING, ONE, in(MINUTE));
        store.write("ids", "a", ONE, TWO, in(MINUTE.multipliedBy(2)));
        time.pass(MINUTE);
        assertEquals(TWO, store.find("ids", "a"));
    }

    @Test
    void what_ends_at_once_is_a_removal() {
        store.write("ids", "a", NOTHING, ONE, in(MINUTE));
        assertEquals(Written.DONE, store.write("ids", "a", ONE, TWO, time.instant()));
        assertEquals(NOTHING, store.find("ids", "a"));
    }

    @Test
    void a_full_space_refuses_new_keys_drops_nothing_and_lets_change() {
        Store small = InMemoryExtensionStore.of(time, 1, 1_000);
        small.write("ids", "a", NOTHING, ONE, in(MINUTE));
        assertEquals(Written.FULL, small.write("ids", "b", NOTHING, ONE, in(MINUTE)));
        assertEquals(Written.DONE, small.write("ids", "a", ONE, TWO, in(MINUTE)));
        assertEquals(TWO, small.find("ids", "a"));
    }

    @Test
    void each_space_has_room_of_its_own() {
        Store small = InMemoryExtensionStore.of(time, 1, 1_000);
        small.write("nonces", "a", NOTHING, ONE, in(MINUTE));
        assertEquals(Written.DONE, small.write("ids", "a", NOTHING, TWO, in(MINUTE)));
        assertEquals(ONE, small.find("nonces", "a"));
    }

    @Test
    void bytes_of_keys_and_values_take_room() {
        Store small = InMemoryExtensionStore.of(time, 10, 5 + 5);
        small.write("ids", "a", NOTHING, ONE, in(MINUTE));
        assertEquals(Written.DONE, small.write("ids", "b", NOTHING, TWO, in(MINUTE)));
        assertEquals(Written.FULL, small.write("ids", "c", NOTHING, value(""), in(MINUTE)));
        small.write("ids", "a", ONE, NOTHING, in(MINUTE));
        assertEquals(Written.DONE, small.write("ids", "c", NOTHING, value(""), in(MINUTE)));
    }

    @Test
    void room_is_made_of_all_that_ended_however_much_that_is() {
        Store small = InMemoryExtensionStore.of(time, 100, 100_000);
        IntStream.range(0, 100).forEach(i -> small.write("ids", "old" + i, NOTHING, ONE, in(MINUTE)));
        time.pass(MINUTE);
        IntStream.range(0, 100)
                .forEach(i -> assertEquals(Written.DONE, small.write("ids", "new" + i, NOTHING, ONE, in(MINUTE))));
        assertEquals(Written.FULL, small.write("ids", "more", NOTHING, ONE, in(MINUTE)));
    }

    @Test
    void a_key_that_ended_and_was_not_swept_yet_is_counted_once() {
        Store small = InMemoryExtensionStore.of(time, 40, 100_000);
        IntStream.range(0, 40).forEach(i -> small.write("ids", "key" + i, NOTHING, ONE, in(MINUTE)));
        time.pass(MINUTE);
        IntStream.range(0, 40)
                .map(i -> 39 - i)
                .forEach(i -> assertEquals(Written.DONE, small.write("ids", "key" + i, NOTHING, TWO, in(MINUTE))));
        IntStream.range(0, 40).forEach(i -> assertEquals(TWO, small.find("ids", "key" + i)));
    }

    @Test
    void many_threads_count_without_losing_one() throws Exception {
        store.write("ids", "count", NOTHING, value("0"), in(MINUTE));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<Void> counting = () -> {
                for (int i = 0; i < 200; i++) {
                    count();
                }
                return null;
            };
            for (var one : pool.invokeAll(Collections.nCopies(8, counting))) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(value("1600"), store.find("ids", "count"));
    }

    private void count() {
        Written written;
        do {
            Optional<Bytes> seen = store.find("ids", "count");
            int next = 1 + Integer.parseInt(new String(seen.orElseThrow().toArray(), StandardCharsets.US_ASCII));
            written = store.write("ids", "count", seen, value(String.valueOf(next)), in(MINUTE));
        } while (written == Written.CHANGED);
    }

    @Test
    void a_space_is_lower_case_letters_digits_and_hyphens() {
        assertEquals(
                "space: expected [a-z0-9-]{1,32}, saw \"Ids\"",
                refused(() -> store.write("Ids", "a", NOTHING, ONE, in(MINUTE))));
    }

    @Test
    void a_key_has_256_characters_at_most() {
        String longest = "k".repeat(256);
        assertEquals(Written.DONE, store.write("ids", longest, NOTHING, ONE, in(MINUTE)));
        assertEquals(
                "key: expected at most 256 characters, saw 257",
                refused(() -> store.write("ids", longest + "k", NOTHING, ONE, in(MINUTE))));
    }

    @Test
    void a_value_has_16_kib_at_most() {
        assertEquals(
                Written.DONE, store.write("ids", "a", NOTHING, Optional.of(Bytes.of(new byte[16 * 1024])), in(MINUTE)));
        assertEquals(
                "value: expected at most 16384 bytes, saw 16385",
                refused(() ->
                        store.write("ids", "b", NOTHING, Optional.of(Bytes.of(new byte[16 * 1024 + 1])), in(MINUTE))));
    }

    @Test
    void a_store_has_room_for_one() {
        assertEquals(
                "extension store: expected room for one, saw 0 values of 1000 bytes",
                refused(() -> InMemoryExtensionStore.of(time, 0, 1_000)));
    }

    private static String refused(Runnable write) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, write::run).getMessage());
    }
}
