package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spi.Bytes;
import dev.x402.spi.Claim;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Claims in the memory of one process; lost with it.
 *
 * <p>A claim takes the room of its response at once, so that work that was begun can always be kept. A full store
 * refuses by throwing {@link IllegalStateException}; it never drops a claim in work nor a response before its time. When
 * the time of a response is over, {@link Claim.Done} comes without bytes. A settlement that was asked and whose work was
 * never done is known for the same time as one that was; one that is due again is known until it is not. A response
 * waits as long as its money is pending, and a day for its payer then. Safe for threads.
 */
public final class InMemoryClaimStore implements ClaimStore {
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Bytes NOTHING = Bytes.of(new byte[0]);
    private static final Comparator<Entry> SOONEST =
            Comparator.comparing((Entry entry) -> entry.until).thenComparing(entry -> entry.number);

    private final Clock clock;
    private final int maxEntries;
    private final long maxBytes;
    private final int largestResponse;
    private final Duration keepResponses;
    private final Duration remember;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PaymentKey, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> live = new TreeSet<>(SOONEST);
    private final TreeSet<Entry> remembered = new TreeSet<>(SOONEST);
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
            return known == null ? begun(key, binding, now.plus(lease)) : seen(known, binding, now, lease);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean renew(Claim.Mine mine, Duration lease) {
        return held(mine, entry -> {
            if (entry.state != State.WORKING) {
                return false;
            }
            lasts(entry, State.WORKING, clock.instant().plus(lease));
            return true;
        });
    }

    @Override
    public boolean ask(Claim.Mine mine, Charge charge) {
        return held(mine, entry -> {
            if (entry.state != State.WORKING) {
                return false;
            }
            entry.asked(charge);
            return true;
        });
    }

    @Override
    public boolean finish(Claim.Mine mine, Bytes response, Charge charge) {
        return held(mine, entry -> {
            if (entry.response == null) {
                entry.asked(charge);
                entry.fetched = requireNonNull(entry.charge).known().isPresent();
                entry.response = response.size() > largestResponse ? NOTHING : response;
                bytes += entry.response.size() - (entry.state == State.WORKING ? largestResponse : 0);
                lasts(entry, State.KEPT, clock.instant().plus(keepResponses));
            }
            return true;
        });
    }

    @Override
    public boolean note(Claim.Mine mine, Settlement now, Optional<Duration> again, boolean fetched) {
        return held(mine, entry -> {
            if (entry.charge == null) {
                return false;
            }
            boolean waited = entry.charge.open();
            entry.charge = entry.charge.with(now);
            entry.fetched |= fetched;
            entry.watched = again.isPresent();
            again.ifPresent(length -> entry.due = clock.instant().plus(length));
            boolean owed = waited && !entry.charge.open() && !entry.fetched && entry.state == State.KEPT;
            lasts(entry, entry.state, owed ? later(entry.until, clock.instant().plus(remember)) : entry.until);
            return true;
        });
    }

    @Override
    public void forget(Claim.Mine mine) {
        held(mine, entry -> {
            if (entry.state == State.WORKING) {
                giveUp(entry, clock.instant());
            }
            return true;
        });
    }

    @Override
    public List<Claim.Mine> due(int limit) {
        return listed(
                (entry, charge) -> (charge.open() || entry.watched) && !entry.due.isAfter(clock.instant()),
                Comparator.comparing(entry -> entry.due),
                limit,
                Entry::mine);
    }

    @Override
    public List<Charge> undelivered(int limit) {
        return listed(
                (entry, charge) -> !entry.fetched
                        && charge.known()
                                .filter(Settlement.Settled.class::isInstance)
                                .isPresent(),
                Comparator.comparing(entry -> entry.number),
                limit,
                entry -> requireNonNull(entry.charge));
    }

    /** Claims with a charge on which nobody works. */
    private <T> List<T> listed(
            BiPredicate<Entry, Charge> wanted, Comparator<Entry> order, int limit, Function<Entry, T> as) {
        lock.lock();
        try {
            clean(clock.instant());
            return entries.values().stream()
                    .filter(entry ->
                            entry.charge != null && entry.state != State.WORKING && wanted.test(entry, entry.charge))
                    .sorted(order)
                    .limit(limit)
                    .map(as)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Changes the entry of a claim; false: the claim was lost. */
    private boolean held(Claim.Mine mine, Predicate<Entry> change) {
        lock.lock();
        try {
            Entry entry = entries.get(mine.key());
            return entry != null && entry.fence == mine.fence() && change.test(entry);
        } finally {
            lock.unlock();
        }
    }

    private Claim seen(Entry known, String binding, Instant now, Duration lease) {
        if (!known.binding.equals(binding)) {
            return new Claim.Other();
        }
        if (known.state == State.WORKING) {
            Duration left = Duration.between(now, known.until);
            return new Claim.Busy(left.compareTo(BUSY) < 0 ? left : BUSY);
        }
        if (known.state == State.GIVEN_UP) {
            requireRoom();
            bytes += largestResponse;
            known.fence = ++fences;
            lasts(known, State.WORKING, now.plus(lease));
            return known.mine();
        }
        return new Claim.Done(known.mine(), requireNonNull(known.response));
    }

    private Claim.Mine begun(PaymentKey key, String binding, Instant until) {
        if (entries.size() >= maxEntries && !remembered.isEmpty()) {
            entries.remove(requireNonNull(remembered.pollFirst()).key);
        }
        if (entries.size() >= maxEntries) {
            throw full();
        }
        requireRoom();
        Entry entry = new Entry(key, binding, ++fences, until);
        entries.put(key, entry);
        live.add(entry);
        bytes += largestResponse;
        return entry.mine();
    }

    private void requireRoom() {
        if (bytes + largestResponse > maxBytes) {
            throw full();
        }
    }

    private IllegalStateException full() {
        return new IllegalStateException("claims: expected room, saw " + entries.size() + " of " + maxEntries
                + " entries and " + bytes + " of " + maxBytes + " bytes taken; enlarge the store or keep less");
    }

    /** Ends what is over: leases, responses past their time, keys past theirs. */
    private void clean(Instant now) {
        while (!live.isEmpty() && !live.first().until.isAfter(now)) {
            Entry entry = live.first();
            switch (entry.state) {
                case WORKING -> giveUp(entry, entry.until);
                case KEPT -> {
                    if (entry.isPending()) {
                        lasts(entry, State.KEPT, now.plus(keepResponses));
                    } else {
                        bytes -= requireNonNull(entry.response).size();
                        entry.response = NOTHING;
                        lasts(entry, State.REMEMBERED, entry.until.plus(remember));
                    }
                }
                default -> {
                    if (entry.watched) {
                        lasts(entry, entry.state, now.plus(remember));
                    } else {
                        drop(entry);
                    }
                }
            }
        }
        while (!remembered.isEmpty() && !remembered.first().until.isAfter(now)) {
            drop(remembered.first());
        }
    }

    private void giveUp(Entry entry, Instant since) {
        bytes -= largestResponse;
        if (entry.charge != null && entry.charge.mayHaveMoved()) {
            lasts(entry, State.GIVEN_UP, since.plus(remember));
        } else {
            drop(entry);
        }
    }

    private void lasts(Entry entry, State state, Instant until) {
        live.remove(entry);
        remembered.remove(entry);
        entry.state = state;
        entry.until = until;
        (state == State.REMEMBERED && !entry.watched ? remembered : live).add(entry);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void drop(Entry entry) {
        live.remove(entry);
        remembered.remove(entry);
        entries.remove(entry.key);
    }

    private enum State {
        /** Under a lease. */
        WORKING,
        /** A settlement was asked and the work is not done. */
        GIVEN_UP,
        /** Done, with its response. */
        KEPT,
        /** Done, its response gone. */
        REMEMBERED
    }

    private static final class Entry {
        private final PaymentKey key;
        private final String binding;
        private final long number;
        private long fence;
        private State state = State.WORKING;
        private Instant until;
        private Instant due = Instant.MIN;
        private boolean fetched;
        private boolean watched;
        private @Nullable Charge charge;
        private @Nullable Bytes response;

        Entry(PaymentKey key, String binding, long fence, Instant until) {
            this.key = key;
            this.binding = binding;
            this.number = fence;
            this.fence = fence;
            this.until = until;
        }

        /** Until something is known of it, the charge is due when the lease is over. */
        void asked(Charge asked) {
            if (charge == null) {
                charge = asked;
                due = until;
            }
        }

        /** Whether what was bought waits for its money. */
        boolean isPending() {
            return watched && charge != null && charge.open();
        }

        Claim.Mine mine() {
            return new Claim.Mine(key, fence, Optional.ofNullable(charge));
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
