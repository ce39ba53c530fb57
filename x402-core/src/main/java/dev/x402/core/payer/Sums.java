package dev.x402.core.payer;

import dev.x402.spi.BudgetLedger.Account;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one account counts: what is held, and what was spent, in slices of a sixtieth of the window.
 *
 * <p>A slice leaves the window as a whole, so nothing leaves it early. Its owner locks.
 */
final class Sums {
    private static final int SLICES = 60;
    /** A window's own slices and as many of authorisations that live beyond it. */
    private static final int MOST = 2 * SLICES + 2;

    private static final Instant FAR = Instant.ofEpochMilli(Long.MAX_VALUE / 4);

    private final Account account;
    private final long window;
    private final long slice;
    private final TreeMap<Long, BigDecimal> spent = new TreeMap<>();
    private BigDecimal sum = BigDecimal.ZERO;

    Sums(Account account, Optional<Duration> window) {
        this.account = account;
        this.window = window.map(length -> Math.max(1, length.toMillis())).orElse(0L);
        this.slice = Math.max(1, this.window / SLICES);
    }

    Account account() {
        return account;
    }

    /** All that is held and all that was spent within the window. */
    BigDecimal counted(Instant now) {
        long end = now.toEpochMilli() - window - slice;
        while (window > 0 && !spent.isEmpty() && spent.firstKey() * slice <= end) {
            sum = sum.subtract(spent.pollFirstEntry().getValue());
        }
        return sum;
    }

    boolean empty(Instant now) {
        return counted(now).signum() == 0;
    }

    void hold(BigDecimal amount) {
        sum = sum.add(amount);
    }

    void free(BigDecimal amount) {
        sum = sum.subtract(amount);
    }

    /** Counts an amount until its window and its authorisation are over; tells its slice. */
    long spend(BigDecimal amount, Instant now, Instant liveUntil) {
        long dead = (liveUntil.isAfter(FAR) ? FAR : liveUntil).toEpochMilli();
        long at = window == 0 ? 0 : Math.floorDiv(Math.max(now.toEpochMilli(), dead - window), slice);
        sum = sum.add(amount);
        spent.merge(at, amount, BigDecimal::add);
        if (spent.size() > MOST) {
            Map.Entry<Long, BigDecimal> last = spent.pollLastEntry();
            Map.Entry<Long, BigDecimal> before = spent.pollLastEntry();
            spent.put(last.getKey(), last.getValue().add(before.getValue()));
        }
        return at;
    }

    /** Counts less in a slice, if it is still there. */
    void refund(long at, BigDecimal amount) {
        BigDecimal there = spent.get(at);
        if (there != null && there.compareTo(amount) >= 0) {
            spent.put(at, there.subtract(amount));
            sum = sum.subtract(amount);
        }
    }
}
