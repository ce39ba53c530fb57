package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spi.BudgetLedger;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Budgets in the memory of one process; lost with it.
 *
 * <p>Keeps sums, not payments: at most 122 for each account. A full ledger refuses; it never drops what still counts.
 * Safe for threads.
 */
public final class InMemoryBudgetLedger implements BudgetLedger {
    private static final int LOOKED_AT = 2;

    private final Clock clock;
    private final int maxAccounts;
    private final int maxCorrectable;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Account, Sums> accounts = new HashMap<>();
    /** The accounts in the order in which they are looked at for dropping. */
    private final ArrayDeque<Sums> round = new ArrayDeque<>();

    private final Map<Long, Reserved> held = new HashMap<>();
    private final TreeSet<Reserved> leases =
            new TreeSet<>(Comparator.comparing((Reserved one) -> one.until).thenComparingLong(one -> one.id));
    private final Map<Long, Committed> correctable = new LinkedHashMap<>();
    private Instant latest = Instant.MIN;
    private long ids;

    private InMemoryBudgetLedger(Builder builder) {
        this.clock = builder.clock;
        this.maxAccounts = builder.maxAccounts;
        this.maxCorrectable = builder.maxCorrectable;
    }

    /** Begins a ledger with this clock. */
    public static Builder builder(Clock clock) {
        return new Builder(requireNonNull(clock, "clock"));
    }

    private record Reserved(long id, Instant until, List<Line> lines, List<Sums> sums) {
        void free() {
            for (int i = 0; i < lines.size(); i++) {
                sums.get(i).free(lines.get(i).amount());
            }
        }
    }

    private record Committed(List<Line> lines, List<Sums> sums, List<Long> slices) {}

    @Override
    public Answer reserve(List<Line> lines, Duration lease) {
        lock.lock();
        try {
            Instant now = now();
            tidy(now);
            int added = 0;
            List<@Nullable Sums> known = new ArrayList<>(lines.size());
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                Sums sums = accounts.get(line.account());
                BigDecimal counted = sums == null ? BigDecimal.ZERO : sums.counted(now);
                if (counted.add(line.amount()).compareTo(line.limit()) > 0) {
                    return new Answer.Exceeded(line, counted);
                }
                added += sums == null ? 1 : 0;
                known.add(sums);
                for (int j = 0; j < i; j++) {
                    if (lines.get(j).account().equals(line.account())) {
                        throw new IllegalArgumentException("lines: expected different accounts, saw one twice");
                    }
                }
            }
            if (accounts.size() + added > maxAccounts) {
                return new Answer.Full();
            }
            return new Answer.Held(held(lines, known, now.plus(lease)));
        } finally {
            lock.unlock();
        }
    }

    private long held(List<Line> lines, List<@Nullable Sums> known, Instant until) {
        List<Sums> taken = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            Sums sums = known.get(i);
            if (sums == null) {
                sums = new Sums(line.account(), line.window());
                accounts.put(line.account(), sums);
                round.add(sums);
            }
            sums.hold(line.amount());
            taken.add(sums);
        }
        Reserved reserved = new Reserved(++ids, until, List.copyOf(lines), taken);
        held.put(reserved.id, reserved);
        leases.add(reserved);
        return reserved.id;
    }

    @Override
    public boolean commit(long reservation, Instant liveUntil) {
        lock.lock();
        try {
            Instant now = now();
            Reserved reserved = held.remove(reservation);
            if (reserved == null) {
                return correctable.containsKey(reservation);
            }
            leases.remove(reserved);
            reserved.free();
            List<Long> slices = new ArrayList<>(reserved.lines.size());
            for (int i = 0; i < reserved.lines.size(); i++) {
                slices.add(reserved.sums.get(i).spend(reserved.lines.get(i).amount(), now, liveUntil));
            }
            correctable.put(reservation, new Committed(reserved.lines, reserved.sums, slices));
            if (correctable.size() > maxCorrectable) {
                correctable.remove(correctable.keySet().iterator().next());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(long reservation) {
        lock.lock();
        try {
            Reserved reserved = held.remove(reservation);
            if (reserved != null) {
                leases.remove(reserved);
                reserved.free();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean correct(long reservation, List<BigDecimal> moved) {
        lock.lock();
        try {
            Committed committed = correctable.get(reservation);
            if (committed == null) {
                return false;
            }
            List<Line> lines = committed.lines;
            for (int i = 0; i < lines.size(); i++) {
                if (moved.get(i).signum() < 0
                        || moved.get(i).compareTo(lines.get(i).amount()) > 0) {
                    throw new IllegalArgumentException("moved: expected 0 to "
                            + lines.get(i).amount().toPlainString() + ", saw "
                            + moved.get(i).toPlainString());
                }
            }
            for (int i = 0; i < lines.size(); i++) {
                committed
                        .sums
                        .get(i)
                        .refund(committed.slices.get(i), lines.get(i).amount().subtract(moved.get(i)));
            }
            correctable.put(reservation, new Committed(List.of(), List.of(), List.of()));
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forget(String task) {
        lock.lock();
        try {
            round.removeIf(sums -> sums.account().task().equals(task));
            accounts.keySet().removeIf(account -> account.task().equals(task));
        } finally {
            lock.unlock();
        }
    }

    /** The time, which never goes back; reservations whose lease is over are freed. */
    private Instant now() {
        Instant seen = clock.instant();
        latest = seen.isAfter(latest) ? seen : latest;
        while (!leases.isEmpty() && !leases.first().until.isAfter(latest)) {
            Reserved over = requireNonNull(leases.pollFirst());
            held.remove(over.id);
            over.free();
        }
        return latest;
    }

    /** Drops a few accounts that count nothing, so that no call is long. */
    private void tidy(Instant now) {
        for (int i = 0; i < LOOKED_AT && !round.isEmpty(); i++) {
            Sums sums = round.remove();
            if (sums.empty(now)) {
                accounts.remove(sums.account());
            } else {
                round.add(sums);
            }
        }
    }

    /** Collects a ledger; not safe for threads. */
    public static final class Builder {
        private final Clock clock;
        private int maxAccounts = 100_000;
        private int maxCorrectable = 10_000;

        private Builder(Clock clock) {
            this.clock = clock;
        }

        /** The most accounts, each of a budget, host, payee and task; 100,000 unless set. */
        public Builder maxAccounts(int accounts) {
            maxAccounts = accounts;
            return this;
        }

        /** The most payments that can still be corrected; 10,000 unless set, the newest. */
        public Builder maxCorrectable(int payments) {
            maxCorrectable = payments;
            return this;
        }

        /**
         * The ledger.
         *
         * @throws IllegalArgumentException when not even one account has room
         */
        public InMemoryBudgetLedger build() {
            if (maxAccounts < 1 || maxCorrectable < 1) {
                throw new IllegalArgumentException("ledger: expected room for one, saw " + maxAccounts
                        + " accounts and " + maxCorrectable + " payments");
            }
            return new InMemoryBudgetLedger(this);
        }
    }
}
