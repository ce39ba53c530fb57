package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spi.Bytes;
import dev.x402.spi.Claim;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.PaymentKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Claims in the memory of one process; lost with it.
 *
 * <p>A claim takes the room of its response at once, so that work that was begun can always be kept. A full store
 * refuses by throwing {@link IllegalStateException}; it never drops a claim in work nor a response before its time. When
 * the time of a response is over, {@link Claim.Done} comes without bytes. Safe for threads.
 */
public final class InMemoryClaimStore implements ClaimStore {
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private final Clock clock;
    private final int maxEntries;
    private final long maxBytes;
    private final int largestResponse;
    private final Duration keepResponses;
    private final Duration remember;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PaymentKey, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> inWork =
            new TreeSet<>(Comparator.comparing((Entry entry) -> entry.until).thenComparing(entry -> entry.fence));
    private final ArrayDeque<Entry> kept = new ArrayDeque<>();
    private final ArrayDeque<Entry> remembered = new ArrayDeque<>();
    private long fences;
    private long bytes;

    private InMemoryClaimStore(Builder builder) {
        this.clock = builder.clock;
        this.maxEntries = builder.maxEntries;
        this.maxBytes = builder.maxBytes;
        this.largestResponse = builder.largestResponse;
        this.keepResponses = builder.keepResponses;
        this.remember = builder.remember;
    }

    /** Begins a store with this clock. */
    public static Builder builder(Clock clock) {
        return new Builder(requireNonNull(clock, "clock"));
    }

    @Override
    public Claim claim(PaymentKey key, String binding, Duration lease) {
        lock.lock();
        try {
            Instant now = clock.instant();
            clean(now);
            Entry known = entries.get(key);
            return known == null ? begun(key, binding, now.plus(lease)) : seen(known, binding, now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean finish(Claim.Mine mine, Bytes response) {
        lock.lock();
        try {
            Entry entry = entries.get(mine.key());
            if (entry == null || entry.fence != mine.fence()) {
                return false;
            }
            if (entry.response == null) {
                inWork.remove(entry);
                entry.response = response.size() > largestResponse ? NOTHING : response;
                entry.until = clock.instant().plus(keepResponses);
                bytes += entry.response.size() - largestResponse;
                kept.add(entry);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forget(Claim.Mine mine) {
        lock.lock();
        try {
            Entry entry = entries.get(mine.key());
            if (entry != null && entry.fence == mine.fence() && entry.response == null) {
                drop(entry);
            }
        } finally {
            lock.unlock();
        }
    }

    private static Claim seen(Entry known, String binding, Instant now) {
        if (!known.binding.equals(binding)) {
            return new Claim.Other();
        }
        if (known.response != null) {
            return new Claim.Done(known.response);
        }
        Duration left = Duration.between(now, known.until);
        return new Claim.Busy(left.compareTo(BUSY) < 0 ? left : BUSY);
    }

    private Claim.Mine begun(PaymentKey key, String binding, Instant until) {
        if (entries.size() >= maxEntries && !remembered.isEmpty()) {
            entries.remove(remembered.remove().key);
        }
        if (entries.size() >= maxEntries || bytes + largestResponse > maxBytes) {
            throw new IllegalStateException("claims: expected room, saw " + entries.size() + " of " + maxEntries
                    + " entries and " + bytes + " of " + maxBytes + " bytes taken; enlarge the store or keep less");
        }
        Entry entry = new Entry(key, binding, ++fences, until);
        entries.put(key, entry);
        inWork.add(entry);
        bytes += largestResponse;
        return new Claim.Mine(key, entry.fence);
    }

    /** Drops what is over: claims past their lease, responses past their time, keys past theirs. */
    private void clean(Instant now) {
        while (!inWork.isEmpty() && !inWork.first().until.isAfter(now)) {
            drop(inWork.first());
        }
        while (!kept.isEmpty() && !kept.element().until.isAfter(now)) {
            Entry entry = kept.remove();
            bytes -= requireNonNull(entry.response).size();
            entry.response = NOTHING;
            entry.until = entry.until.plus(remember);
            remembered.add(entry);
        }
        while (!remembered.isEmpty() && !remembered.element().until.isAfter(now)) {
            entries.remove(remembered.remove().key);
        }
    }

    private void drop(Entry entry) {
        inWork.remove(entry);
        entries.remove(entry.key);
        bytes -= largestResponse;
    }

    private static final class Entry {
        private final PaymentKey key;
        private final String binding;
        private final long fence;
        private Instant until;
        private @Nullable Bytes response;

        Entry(PaymentKey key, String binding, long fence, Instant until) {
            this.key = key;
            this.binding = binding;
            this.fence = fence;
            this.until = until;
        }
    }

    /** Collects a store; not safe for threads. */
    public static final class Builder {
        private static final int DEFAULT_MAX_ENTRIES = 100_000;
        private static final long DEFAULT_MAX_BYTES = 128L * 1024 * 1024;
        private static final int DEFAULT_LARGEST_RESPONSE = 64 * 1024 + 1;

        private final Clock clock;
        private int maxEntries = DEFAULT_MAX_ENTRIES;
        private long maxBytes = DEFAULT_MAX_BYTES;
        private int largestResponse = DEFAULT_LARGEST_RESPONSE;
        private Duration keepResponses = Duration.ofMinutes(10);
        private Duration remember = Duration.ofHours(24);

        private Builder(Clock clock) {
            this.clock = clock;
        }

        /** The most claims, in work and done; 100,000 unless set. */
        public Builder maxEntries(int entries) {
            maxEntries = entries;
            return this;
        }

        /** The most bytes of responses, those of claims in work included; 128 MiB unless set. */
        public Builder maxBytes(long bytes) {
            maxBytes = bytes;
            return this;
        }

        /** The room of a response; a larger one is remembered without its bytes; 64 KiB and a mark unless set. */
        public Builder largestResponse(int bytes) {
            largestResponse = bytes;
            return this;
        }

        /** How long a response is kept; 10 min unless set. */
        public Builder keepResponses(Duration length) {
            keepResponses = requireNonNull(length, "keepResponses");
            return this;
        }

        /** How long the payment is known after that; 24 h unless set, less when room is needed. */
        public Builder remember(Duration length) {
            remember = requireNonNull(length, "remember");
            return this;
        }

        /**
         * The store.
         *
         * @throws IllegalArgumentException when not even one claim has room
         */
        public InMemoryClaimStore build() {
            if (maxEntries < 1 || largestResponse < 0 || maxBytes < largestResponse) {
                throw new IllegalArgumentException("claims: expected room for one, saw " + maxEntries + " entries and "
                        + maxBytes + " bytes for responses of " + largestResponse);
            }
            return new InMemoryClaimStore(this);
        }
    }
}
