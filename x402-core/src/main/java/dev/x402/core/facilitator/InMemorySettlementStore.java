package dev.x402.core.facilitator;

import static java.util.Objects.requireNonNull;

import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Lane;
import dev.x402.spi.Lease;
import dev.x402.spi.Movement;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentRow;
import dev.x402.spi.PaymentRow.State;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Slot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A settlement store in memory: for tests, for one process, and as the model of every other store.
 *
 * <p>Bounded: ended payments are kept for the retention, live ones always; a full store refuses new claims. Tombstones
 * have the same bound of their own, and the oldest gives way. Events wait until they are delivered.
 */
public final class InMemorySettlementStore implements SettlementStore {
    private static final int DEFAULT_CAPACITY = 100_000;
    private static final Duration DEFAULT_RETENTION = Duration.ofDays(1);

    private final Clock clock;
    private final int capacity;
    private final Duration retention;

    private final Object lock = new Object();
    private final Map<PaymentKey, PaymentRow> rows = new HashMap<>();
    private final Set<PaymentKey> queue = new LinkedHashSet<>();
    private final Map<Tomb, PaymentRow> tombstones = new LinkedHashMap<>();
    private final Map<Long, Moving> movements = new TreeMap<>();
    private final Map<Lane, LaneBook> lanes = new TreeMap<>(
            Comparator.comparing((Lane lane) -> lane.network().toString()).thenComparing(Lane::signer));
    private final Map<Long, SettlementEvent> outbox = new TreeMap<>();
    private final Map<PaymentKey, Integer> undelivered = new HashMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private long lastMovement;
    private long lastEvent;

    /** A store of 100,000 payments that keeps ended ones for a day. */
    public InMemorySettlementStore(Clock clock) {
        this(clock, DEFAULT_CAPACITY, DEFAULT_RETENTION);
    }

    /**
     * A store of another size.
     *
     * @param capacity most payments, and most tombstones; 1 or more
     * @param retention how long an ended payment answers at least
     */
    public InMemorySettlementStore(Clock clock, int capacity, Duration retention) {
        this.clock = requireNonNull(clock, "clock");
        this.retention = requireNonNull(retention, "retention");
        this.capacity = capacity;
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: expected 1 or more, saw " + capacity);
        }
    }

    @Override
    public Optional<PaymentRow> find(PaymentKey key, String binding) {
        synchronized (lock) {
            PaymentRow row = rows.get(key);
            return Optional.ofNullable(row != null ? row : tombstones.get(new Tomb(key, binding)));
        }
    }

    @Override
    public PaymentRow claim(PaymentKey key, Payment payment, String binding) {
        synchronized (lock) {
            PaymentRow tombstone = tombstones.get(new Tomb(key, binding));
            if (tombstone != null) {
                return tombstone;
            }
            PaymentRow there = rows.get(key);
            if (there != null) {
                return there;
            }
            forgetEnded();
            if (rows.size() >= capacity) {
                throw new IllegalStateException(
                        "settlement store: " + rows.size()
                                + " payments are live or retained, and that is its capacity; raise it or shorten the retention");
            }
            PaymentRow row =
                    new PaymentRow(key, payment, binding, State.QUEUED, OptionalLong.empty(), Optional.empty());
            put(row);
            return row;
        }
    }

    @Override
    public PaymentRow reject(PaymentKey key, Payment payment, String binding, Settlement.Rejected why) {
        synchronized (lock) {
            PaymentRow there = rows.get(key);
            if (there != null && there.binding().equals(binding)) {
                return there;
            }
            Tomb tomb = new Tomb(key, binding);
            PaymentRow tombstone = tombstones.get(tomb);
            if (tombstone == null) {
                if (tombstones.size() >= capacity) {
                    tombstones.remove(tombstones.keySet().iterator().next());
                }
                tombstone = new PaymentRow(key, payment, binding, State.FAILED, OptionalLong.empty(), Optional.of(why));
                tombstones.put(tomb, tombstone);
            }
            return tombstone;
        }
    }

    @Override
    public Optional<Lease> open(List<PaymentKey> keys, Map<Lane, Long> candidates, String owner, Duration ttl) {
        synchronized (lock) {
            List<Payment> payments = new ArrayList<>();
            for (PaymentKey key : keys) {
                PaymentRow row = rows.get(key);
                if (row == null || row.state() != State.QUEUED) {
                    return Optional.empty();
                }
                payments.add(row.payment());
            }
            if (payments.isEmpty()) {
                throw new IllegalArgumentException("open: expected a payment, saw none");
            }
            Moving moving = start(keys, payments, take(candidates));
            for (PaymentKey key : keys) {
                PaymentRow row = requireNonNull(rows.get(key));
                put(new PaymentRow(
                        key, row.payment(), row.binding(), State.MOVING, OptionalLong.of(moving.id), Optional.empty()));
            }
            return Optional.of(leased(moving, ttl));
        }
    }

    @Override
    public Optional<Lease> fillGap(String owner, Duration ttl) {
        synchronized (lock) {
            for (Map.Entry<Lane, LaneBook> lane : lanes.entrySet()) {
                OptionalLong gap = lane.getValue().takeGap();
                if (gap.isPresent()) {
                    Slot slot = new Slot(lane.getKey(), gap.getAsLong());
                    return Optional.of(leased(start(List.of(), List.of(), Optional.of(slot)), ttl));
                }
            }
            return Optional.empty();
        }
    }

    @Override
    public Optional<Lease> lease(long movement, String owner, Duration ttl) {
        synchronized (lock) {
            Moving moving = movements.get(movement);
            return moving != null && moving.isDue(clock.instant())
                    ? Optional.of(leased(moving, ttl))
                    : Optional.empty();
        }
    }

    @Override
    public boolean sign(Lease lease, int attempt, Signed signed) {
        synchronized (lock) {
            Moving moving = held(lease);
            if (moving == null) {
                return false;
            }
            Attempt last = moving.last();
            if (last.signed().isEmpty() && attempt == last.number()) {
                moving.attempts.set(moving.attempts.size() - 1, last.with(signed));
            } else if (last.signed().isPresent() && attempt == last.number() + 1) {
                moving.attempts.add(new Attempt(attempt, last.slot(), Optional.of(signed)));
            } else {
                return false;
            }
            Settlement pending = new Settlement.Pending(Optional.of(signed.reference()), true, Duration.ZERO);
            for (PaymentKey key : moving.keys) {
                PaymentRow row = requireNonNull(rows.get(key));
                if (row.state() == State.MOVING) {
                    put(Transitions.with(row, State.MOVING, pending));
                }
            }
            return true;
        }
    }

    @Override
    public Optional<Movement> renew(Lease lease, Map<Lane, Long> candidates) {
        synchronized (lock) {
            Moving moving = held(lease);
            if (moving == null || moving.last().signed().isEmpty()) {
                return Optional.empty();
            }
            Attempt dead = moving.last();
            Optional<Slot> slot = take(candidates);
            dead.slot().ifPresent(old -> book(old.lane()).usedUp(old.sequence()));
            moving.attempts.add(new Attempt(dead.number() + 1, slot, Optional.empty()));
            return Optional.of(moving.movement());
        }
    }

    @Override
    public boolean decline(Lease lease, Map<PaymentKey, Settlement.Rejected> over) {
        synchronized (lock) {
            Moving moving = held(lease);
            if (moving == null
                    || moving.attempts.stream()
                            .anyMatch(attempt -> attempt.signed().isPresent())) {
                return false;
            }
            for (PaymentKey key : moving.keys) {
                PaymentRow row = requireNonNull(rows.get(key));
                Settlement.Rejected why = over.get(key);
                PaymentRow next = new PaymentRow(
                        key,
                        row.payment(),
                        row.binding(),
                        why != null ? State.FAILED : State.QUEUED,
                        OptionalLong.empty(),
                        Optional.ofNullable(why));
                put(next);
                if (why != null) {
                    tell(next, why);
                }
            }
            for (Attempt attempt : moving.attempts) {
                attempt.slot().ifPresent(slot -> book(slot.lane()).giveBack(slot.sequence()));
            }
            movements.remove(moving.id);
            return true;
        }
    }

    @Override
    public boolean record(Lease lease, Sighting sighting) {
        synchronized (lock) {
            Moving moving = held(lease);
            if (moving == null) {
                return false;
            }
            if (sighting.outcomes().size() != moving.keys.size()) {
                throw new IllegalArgumentException("outcomes of movement " + moving.id + ": expected one for each of "
                        + moving.keys.size() + " payments, saw "
                        + sighting.outcomes().size());
            }
            Optional<String> reference = moving.reference();
            List<PaymentRow> steps = new ArrayList<>();
            for (int i = 0; i < moving.keys.size(); i++) {
                PaymentRow row = requireNonNull(rows.get(moving.keys.get(i)));
                List<PaymentRow> after =
                        Transitions.after(row, sighting.outcomes().get(i), reference);
                PaymentRow end = after.isEmpty() ? row : after.get(after.size() - 1);
                if (sighting.advice() == Advice.DONE && !Transitions.isTerminal(end)) {
                    throw new IllegalArgumentException("advice for movement " + moving.id
                            + ": expected DONE only when every payment is final, failed or reversed, saw one that is "
                            + end.state());
                }
                steps.addAll(after);
            }
            for (PaymentRow step : steps) {
                put(step);
                tell(step, step.last().orElseThrow());
            }
            if (sighting.advice() == Advice.DONE) {
                for (Attempt attempt : moving.attempts) {
                    attempt.slot().ifPresent(slot -> book(slot.lane()).usedUp(slot.sequence()));
                }
                movements.remove(moving.id);
            }
            return true;
        }
    }

    @Override
    public void release(Lease lease, Duration lookAgain) {
        synchronized (lock) {
            Moving moving = held(lease);
            if (moving != null) {
                moving.leasedUntil = Instant.MIN;
                moving.due = clock.instant().plus(lookAgain.isNegative() ? Duration.ZERO : lookAgain);
            }
        }
    }

    @Override
    public Duration rest(long movement) {
        synchronized (lock) {
            Moving moving = movements.get(movement);
            Instant now = clock.instant();
            return moving == null || moving.leasedUntil.isAfter(now) || !moving.due.isAfter(now)
                    ? Duration.ZERO
                    : Duration.between(now, moving.due);
        }
    }

    @Override
    public List<Long> due(int limit) {
        synchronized (lock) {
            Instant now = clock.instant();
            return movements.values().stream()
                    .filter(moving -> moving.isDue(now))
                    .sorted(Comparator.comparing(moving -> moving.due))
                    .limit(limit)
                    .map(moving -> moving.id)
                    .toList();
        }
    }

    @Override
    public List<PaymentRow> queued(int limit) {
        synchronized (lock) {
            return queue.stream()
                    .limit(limit)
                    .map(key -> requireNonNull(rows.get(key)))
                    .toList();
        }
    }

    @Override
    public List<SettlementEvent> events(int limit) {
        synchronized (lock) {
            return outbox.values().stream().limit(limit).toList();
        }
    }

    @Override
    public void delivered(List<Long> events) {
        synchronized (lock) {
            for (Long id : events) {
                SettlementEvent event = outbox.remove(id);
                if (event != null) {
                    undelivered.computeIfPresent(event.key(), (key, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }

    /** Whether no movement is open. */
    boolean isIdle() {
        synchronized (lock) {
            return movements.isEmpty();
        }
    }

    private Moving start(List<PaymentKey> keys, List<Payment> payments, Optional<Slot> slot) {
        Moving moving =
                new Moving(++lastMovement, keys, payments, new Attempt(0, slot, Optional.empty()), clock.instant());
        movements.put(moving.id, moving);
        return moving;
    }

    private Optional<Slot> take(Map<Lane, Long> candidates) {
        return candidates.keySet().stream()
                .min(Comparator.comparingInt((Lane lane) -> book(lane).load()).thenComparing(Lane::signer))
                .map(lane -> new Slot(lane, book(lane).take(requireNonNull(candidates.get(lane)))));
    }

    private LaneBook book(Lane lane) {
        return lanes.computeIfAbsent(lane, same -> new LaneBook());
    }

    private void put(PaymentRow row) {
        rows.put(row.key(), row);
        if (row.state() == State.QUEUED) {
            queue.add(row.key());
        } else {
            queue.remove(row.key());
        }
    }

    private void tell(PaymentRow row, Settlement now) {
        Instant at = clock.instant();
        lastEvent++;
        outbox.put(lastEvent, new SettlementEvent(lastEvent, row.key(), row.payment(), now, at));
        undelivered.merge(row.key(), 1, Integer::sum);
        if (Transitions.isTerminal(row)) {
            ended.add(new Ended(row.key(), at));
        }
    }

    private void forgetEnded() {
        Instant horizon = clock.instant().minus(retention);
        for (Ended first = ended.peek(); first != null && !first.at().isAfter(horizon); first = ended.peek()) {
            ended.remove();
            PaymentRow row = rows.get(first.key());
            if (row == null) {
                continue;
            }
            boolean moves = row.movement().isPresent()
                    && movements.containsKey(row.movement().getAsLong());
            if (moves || undelivered.containsKey(first.key())) {
                ended.add(new Ended(first.key(), clock.instant()));
            } else {
                rows.remove(first.key());
            }
        }
    }

    private @Nullable Moving held(Lease lease) {
        Moving moving = movements.get(lease.movement().id());
        return moving != null && moving.fence == lease.fence() ? moving : null;
    }

    private Lease leased(Moving moving, Duration ttl) {
        moving.fence++;
        moving.leasedUntil = clock.instant().plus(ttl);
        return new Lease(moving.movement(), moving.fence, moving.leasedUntil);
    }

    private record Tomb(PaymentKey key, String binding) {}

    private record Ended(PaymentKey key, Instant at) {}

    private static final class Moving {
        private final long id;
        private final List<PaymentKey> keys;
        private final List<Payment> payments;
        private final List<Attempt> attempts = new ArrayList<>();
        private long fence;
        private Instant leasedUntil = Instant.MIN;
        private Instant due;

        private Moving(long id, List<PaymentKey> keys, List<Payment> payments, Attempt first, Instant due) {
            this.id = id;
            this.keys = List.copyOf(keys);
            this.payments = List.copyOf(payments);
            this.attempts.add(first);
            this.due = due;
        }

        private Attempt last() {
            return attempts.get(attempts.size() - 1);
        }

        private Optional<String> reference() {
            return attempts.stream()
                    .flatMap(attempt -> attempt.signed().stream())
                    .reduce((earlier, later) -> later)
                    .map(Signed::reference);
        }

        private Movement movement() {
            return new Movement(id, payments, attempts);
        }

        private boolean isDue(Instant now) {
            return !leasedUntil.isAfter(now) && !due.isAfter(now);
        }
    }
}
