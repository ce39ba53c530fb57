package dev.x402.tck;

import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Store.Written;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Rules for what extensions remember: compared before it is changed, bounded, and ended by the clock. */
public interface ExtensionStoreRules extends RuleKit {
    /**
     * A new store, for one rule.
     *
     * @param env whose clock is the store's
     * @throws Exception when it cannot be made; the rule is then inconclusive
     */
    ExtensionStoreFixture store(TckEnvironment env) throws Exception;

    @Override
    default SchemeFixture fixture(TckEnvironment env) throws Exception {
        return new JudgedStore(store(env));
    }

    /** What was written is found, byte for byte. */
    @SpecRule(
            id = "X402-STORE-01",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "values are digests and messages, which mean nothing when one byte is another",
            intent = "what was written is found, byte for byte",
            does = "writes and reads every byte, no byte, and the largest value",
            causes = {"bytes go through a text", "an empty value is taken for none", "a column is too short"})
    default void store_01_whatWasWrittenIsFound(Bench bench) {
        Store store = open(bench);
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        byte[] largest = new byte[Store.LARGEST_VALUE];
        Arrays.fill(largest, (byte) 0xa5);
        int number = 0;
        for (byte[] value : List.of(every, new byte[0], largest)) {
            Optional<Bytes> written = Optional.of(Bytes.of(value));
            String key = "key" + number++;
            wrote(
                    bench,
                    Written.DONE,
                    "a value of " + value.length + " bytes",
                    () -> store.write("one", key, Optional.empty(), written, soon(bench)));
            found(bench, store, "one", key, written);
        }
    }

    /** Keys are compared exactly. */
    @SpecRule(
            id = "X402-STORE-02",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "a key that finds another's value lets one payer use what another bought",
            intent = "a key finds its own value alone",
            does = "writes under a key and looks under keys that resemble it",
            causes = {"a collation that ignores case or trailing spaces", "LIKE", "a key is cut"})
    default void store_02_keysAreExact(Bench bench) {
        Store store = open(bench);
        String key = "Key_%\u00e9'\";--\\";
        put(bench, store, "one", key, "one");
        for (String other : List.of(
                "key_%\u00e9'\";--\\", "Key_%\u00e9'\";--\\ ", "KeyX%\u00e9'\";--\\", "Key_%e'\";--\\", "", "Key")) {
            found(bench, store, "one", other, Optional.empty());
        }
        found(bench, store, "one", key, value("one"));
        String longest = "k".repeat(Store.LONGEST_KEY - 1);
        put(bench, store, "one", longest + "a", "a");
        found(bench, store, "one", longest + "b", Optional.empty());
    }

    /** Nothing is written over what was not seen. */
    @SpecRule(
            id = "X402-STORE-03",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "who saw nothing must not undo what another wrote meanwhile",
            intent = "a value that is there is not written over by who saw none",
            does = "writes twice as if nothing were there",
            causes = {"an upsert", "the seen value is not compared"})
    default void store_03_onlyIfAbsent(Bench bench) {
        Store store = open(bench);
        put(bench, store, "one", "key", "first");
        wrote(
                bench,
                Written.CHANGED,
                "over a value that was not seen",
                () -> store.write("one", "key", Optional.empty(), value("second"), soon(bench)));
        found(bench, store, "one", "key", value("first"));
    }

    /** A value is changed by who saw it. */
    @SpecRule(
            id = "X402-STORE-04",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "two who count uses at once would both count one",
            intent = "a value is changed by who saw it as it is, and by nobody else",
            does = "writes with another value as the seen one, then with the right one",
            causes = {"existence is compared instead of the value", "the length alone is compared"})
    default void store_04_onlyIfSeen(Bench bench) {
        Store store = open(bench);
        put(bench, store, "one", "key", "first");
        wrote(
                bench,
                Written.CHANGED,
                "with another value as seen",
                () -> store.write("one", "key", value("other"), value("second"), soon(bench)));
        wrote(
                bench,
                Written.CHANGED,
                "to a key without a value, with a value as seen",
                () -> store.write("one", "absent", value("first"), value("second"), soon(bench)));
        wrote(
                bench,
                Written.DONE,
                "with the right value as seen",
                () -> store.write("one", "key", value("first"), value("second"), soon(bench)));
        found(bench, store, "one", "key", value("second"));
    }

    /** A removal is compared as well. */
    @SpecRule(
            id = "X402-STORE-05",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "who takes a nonce out must be the only one who took it",
            intent = "a value is removed by who saw it, once",
            does = "removes with another value as seen, then twice with the right one",
            causes = {"a delete without a condition", "a removal that found nothing says DONE"})
    default void store_05_removalIsCompared(Bench bench) {
        Store store = open(bench);
        put(bench, store, "one", "key", "first");
        wrote(
                bench,
                Written.CHANGED,
                "a removal with another value as seen",
                () -> store.write("one", "key", value("other"), Optional.empty(), soon(bench)));
        found(bench, store, "one", "key", value("first"));
        wrote(
                bench,
                Written.DONE,
                "a removal",
                () -> store.write("one", "key", value("first"), Optional.empty(), soon(bench)));
        found(bench, store, "one", "key", Optional.empty());
        wrote(
                bench,
                Written.CHANGED,
                "the same removal again",
                () -> store.write("one", "key", value("first"), Optional.empty(), soon(bench)));
    }

    /** A value ends by the clock. */
    @SpecRule(
            id = "X402-STORE-06",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "sessions and nonces are good for the time that was promised",
            intent = "a value is there until it ends, and not from then on",
            does = "lets time pass to a second before the end, and to the end",
            causes = {"the wall clock is read", "ended values wait for a sweep", "seconds are rounded up"})
    default void store_06_valuesEnd(Bench bench) {
        Store store = open(bench);
        put(bench, store, "one", "key", "first");
        bench.pass(minute().minusSeconds(1));
        found(bench, store, "one", "key", value("first"));
        bench.pass(Duration.ofSeconds(1));
        found(bench, store, "one", "key", Optional.empty());
    }

    /** What ended is as if it had never been. */
    @SpecRule(
            id = "X402-STORE-07",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "a session that ended must not be renewed by who still remembers it",
            intent = "who saw a value that ended meanwhile cannot change it, and who saw none can write",
            does = "writes over a value that ended, with it as seen and with none",
            causes = {"the end is looked at by find alone", "the old row is in the way"})
    default void store_07_whatEndedIsAbsent(Bench bench) {
        Store store = open(bench);
        put(bench, store, "one", "key", "first");
        bench.pass(minute());
        wrote(
                bench,
                Written.CHANGED,
                "with a value as seen that ended",
                () -> store.write("one", "key", value("first"), value("second"), soon(bench)));
        put(bench, store, "one", "key", "third");
        found(bench, store, "one", "key", value("third"));
    }

    /** The last end counts. */
    @SpecRule(
            id = "X402-STORE-08",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "a session that is renewed lasts longer, one that is revoked less long",
            intent = "a change brings a new end, later or sooner; also one thousands of years away",
            does = "changes values with later and sooner ends and lets time pass",
            causes = {"the end is written at the first time only", "the later of two ends is kept"})
    default void store_08_theLastEndCounts(Bench bench) {
        Store store = open(bench);
        put(bench, store, "one", "longer", "first");
        put(bench, store, "one", "shorter", "first");
        Instant far = Instant.parse("9999-01-01T00:00:00Z");
        wrote(
                bench,
                Written.DONE,
                "a value that ends in the year 9999",
                () -> store.write("one", "longer", value("first"), value("second"), far));
        wrote(
                bench,
                Written.DONE,
                "a value that ends sooner",
                () -> store.write(
                        "one",
                        "shorter",
                        value("first"),
                        value("second"),
                        soon(bench).minusSeconds(30)));
        bench.pass(minute().minusSeconds(25));
        found(bench, store, "one", "shorter", Optional.empty());
        bench.pass(Duration.ofDays(1));
        found(bench, store, "one", "longer", value("second"));
    }

    /** Spaces are apart. */
    @SpecRule(
            id = "X402-STORE-09",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "one extension's nonce must be no other's session",
            intent = "one key in two spaces is two values",
            does = "writes and removes one key in two spaces",
            causes = {"the space is not part of the key", "space and key are joined without a mark"})
    default void store_09_spacesAreApart(Bench bench) {
        Store store = open(bench);
        put(bench, store, "one", "key", "first");
        found(bench, store, "two", "key", Optional.empty());
        put(bench, store, "two", "key", "second");
        put(bench, store, "on", "ekey", "third");
        store.write("two", "key", value("second"), Optional.empty(), soon(bench));
        found(bench, store, "one", "key", value("first"));
        found(bench, store, "on", "ekey", value("third"));
    }

    /** What is over the bounds is a bug of the caller. */
    @SpecRule(
            id = "X402-STORE-10",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "a key that is cut is another's; a value that is cut is no value",
            intent = "space, key and value over their bounds are refused by an IllegalArgumentException",
            does = "writes with spaces, keys and values at their bounds and just over them",
            causes = {"the database cuts", "the database's exception comes through"})
    default void store_10_boundsAreKept(Bench bench) {
        Store store = open(bench);
        put(bench, store, "a-1".repeat(10) + "zz", "k".repeat(Store.LONGEST_KEY), "value");
        Optional<Bytes> small = value("small");
        Optional<Bytes> large = Optional.of(Bytes.of(new byte[Store.LARGEST_VALUE + 1]));
        for (String space : List.of("", "One", "a_b", "a b", "\u00e9", "s".repeat(33))) {
            refused(
                    bench,
                    "to a space that is none",
                    () -> store.write(space, "key", Optional.empty(), small, soon(bench)));
        }
        refused(
                bench,
                "with a key that is too long",
                () -> store.write("one", "k".repeat(Store.LONGEST_KEY + 1), Optional.empty(), small, soon(bench)));
        refused(
                bench,
                "a value that is too large",
                () -> store.write("one", "key", Optional.empty(), large, soon(bench)));
        found(bench, store, "one", "key", Optional.empty());
    }

    /** One of many is first. */
    @SpecRule(
            id = "X402-STORE-11",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "a nonce is used once however many use it at once",
            intent = "of many who write at once as if nothing were there, one writes",
            does = "lets 16 threads write under one key, 20 times",
            causes = {"find and write are two transactions", "a lock of one process beside many"})
    default void store_11_oneIsFirst(Bench bench) {
        Store store = open(bench);
        Instant until = soon(bench);
        for (int round = 0; round < 20; round++) {
            String key = "key" + round;
            List<Written> all =
                    Crowd.run(16, number -> store.write("one", key, Optional.empty(), value("by " + number), until));
            long done = all.stream().filter(Written.DONE::equals).count();
            bench.check(
                    done == 1 && all.stream().noneMatch(Written.FULL::equals),
                    "wrote from 16 threads under a key without a value",
                    "DONE once and CHANGED 15 times",
                    "DONE " + done + " times");
        }
    }

    /** Nothing is lost between many. */
    @SpecRule(
            id = "X402-STORE-12",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "uses that were paid are counted exactly",
            intent = "of changes made at once none is lost",
            does = "lets 8 threads count to 20 each in one value, each looking again when told CHANGED",
            causes = {"the comparison and the change are two statements", "a cached read"})
    default void store_12_noChangeIsLost(Bench bench) {
        Store store = open(bench);
        Instant until = soon(bench);
        put(bench, store, "one", "count", "0");
        Crowd.run(8, number -> {
            for (int i = 0; i < 20; i++) {
                Optional<Bytes> seen;
                Optional<Bytes> next;
                do {
                    seen = store.find("one", "count");
                    next = seen.map(text -> value(String.valueOf(1 + number(text))))
                            .orElseThrow();
                } while (store.write("one", "count", seen, next, until) != Written.DONE);
            }
            return number;
        });
        found(bench, store, "one", "count", value("160"));
    }

    /** A full store drops nothing. */
    @SpecRule(
            id = "X402-STORE-13",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "a flood of new keys must not take away what was bought or used up",
            intent = "a full store refuses new keys and keeps every live value",
            does = "fills a store of four values and writes a fifth",
            causes = {"a cache that evicts", "an exception instead of FULL"})
    default void store_13_fullRefuses(Bench bench) {
        Store store = small(bench);
        wrote(
                bench,
                Written.FULL,
                "a fifth value into a store of four",
                () -> store.write("one", "key4", Optional.empty(), value("new"), soon(bench)));
        for (int i = 0; i < 4; i++) {
            found(bench, store, "one", "key" + i, value("first"));
        }
        found(bench, store, "one", "key4", Optional.empty());
    }

    /** A full store goes on with what it has. */
    @SpecRule(
            id = "X402-STORE-14",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "a session must be revocable, and a use counted, while strangers fill the store",
            intent = "in a full store values are changed and removed, and what is removed or ended makes room",
            does = "changes, removes and ends values of a full store and writes new ones",
            causes = {"room is asked for every write", "ended values are counted"})
    default void store_14_fullGoesOn(Bench bench) {
        Store store = small(bench);
        wrote(
                bench,
                Written.DONE,
                "a change in a full store",
                () -> store.write("one", "key0", value("first"), value("second"), soon(bench)));
        wrote(
                bench,
                Written.DONE,
                "a removal in a full store",
                () -> store.write("one", "key0", value("second"), Optional.empty(), soon(bench)));
        put(bench, store, "one", "key4", "first");
        bench.pass(minute());
        for (int i = 5; i < 9; i++) {
            put(bench, store, "one", "key" + i, "first");
        }
    }

    /** Another process sees the same. */
    @SpecRule(
            id = "X402-STORE-15",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.Store",
            derived = "two replicas of a seller share what their payers bought",
            intent = "what one instance wrote another finds and changes, where the memory is shared",
            does = "writes by one instance, changes by another, finds by the first",
            causes = {"a cache before the database", "the transaction was not committed"})
    default void store_15_instancesShare(Bench bench) {
        Store store = open(bench);
        Store another =
                judged(bench).another().orElseThrow(() -> bench.notApplicable("the memory ends with its process"));
        put(bench, store, "one", "key", "first");
        found(bench, another, "one", "key", value("first"));
        wrote(
                bench,
                Written.DONE,
                "by another instance",
                () -> another.write("one", "key", value("first"), value("second"), soon(bench)));
        found(bench, store, "one", "key", value("second"));
    }

    private static ExtensionStoreFixture judged(Bench bench) {
        if (bench.fixture() instanceof JudgedStore judged) {
            return judged.of();
        }
        throw bench.notApplicable("not a store of extensions");
    }

    private static Store open(Bench bench) {
        return judged(bench).store();
    }

    /** A store of four values that is full. */
    private static Store small(Bench bench) {
        Store store = judged(bench).small(4).orElseThrow(() -> bench.notApplicable("the bound cannot be set"));
        for (int i = 0; i < 4; i++) {
            put(bench, store, "one", "key" + i, "first");
        }
        return store;
    }

    private static Duration minute() {
        return Duration.ofMinutes(1);
    }

    private static Instant soon(Bench bench) {
        return bench.environment().clock().instant().plus(minute());
    }

    private static Optional<Bytes> value(String text) {
        return Optional.of(Bytes.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static int number(Bytes text) {
        return Integer.parseInt(new String(text.toArray(), StandardCharsets.US_ASCII));
    }

    private static void put(Bench bench, Store store, String space, String key, String text) {
        wrote(
                bench,
                Written.DONE,
                "a new value",
                () -> store.write(space, key, Optional.empty(), value(text), soon(bench)));
    }

    private static void wrote(Bench bench, Written expected, String what, Supplier<Written> writing) {
        bench.doing("wrote " + what);
        Written written = writing.get();
        bench.check(written == expected, "wrote " + what, expected.name(), String.valueOf(written));
    }

    private static void found(Bench bench, Store store, String space, String key, Optional<Bytes> expected) {
        String step = "looked for " + (expected.isPresent() ? "a value that is there" : "a value that is not there");
        bench.doing(step);
        Optional<Bytes> found = store.find(space, key);
        bench.check(
                found.equals(expected),
                step,
                expected.isPresent() ? "its " + expected.get() : "none",
                found.isPresent() ? "other " + found.get() : "none");
    }

    private static void refused(Bench bench, String what, Supplier<Written> writing) {
        String step = "wrote " + what;
        bench.doing(step);
        Written written;
        try {
            written = writing.get();
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new RuleViolation(step, "an IllegalArgumentException", String.valueOf(written));
    }
}
