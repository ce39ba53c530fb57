package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The buyer's memory: what is reserved and spent under each budget.
 *
 * <p>Each method is one transaction, durable when it returns. A reservation counts at once. What is committed counts for
 * its window, and at least until the authorisation has expired; a sixtieth of the window longer is allowed, so that sums
 * may be kept instead of payments. A clock that goes back frees nothing. A full ledger refuses and forgets nothing.
 */
public interface BudgetLedger {
    /**
     * Puts the amounts of all lines aside, or none.
     *
     * @param lines of different accounts
     * @param lease after which a reservation that was not committed is free again
     */
    Answer reserve(List<Line> lines, Duration lease);

    /**
     * Turns a reservation into money spent; again does nothing more.
     *
     * @param liveUntil when nobody can use the authorisation any more
     * @return false when the reservation is over: the authorisation must not leave
     */
    boolean commit(long reservation, Instant liveUntil);

    /** Frees a reservation, unless it was committed. */
    void release(long reservation);

    /**
     * Lowers what was committed to what moved in the end; the first correction stays.
     *
     * @param moved one amount for each line, proven, at most what the line says
     * @return false when the payment is not known or not known any more
     */
    boolean correct(long reservation, List<BigDecimal> moved);

    /** Drops the accounts of a task, whatever they count. */
    void forget(String task);

    /**
     * What is counted together; an empty component does not divide.
     *
     * @param budget unit, scopes and window, such as {@code USD per host per 1 hour}
     * @param task as the application names it
     * @param payee canonical
     * @param host in lower case
     */
    record Account(String budget, String task, String payee, String host) {
        public Account {
            requireNonNull(budget, "budget");
            requireNonNull(task, "task");
            requireNonNull(payee, "payee");
            requireNonNull(host, "host");
        }
    }

    /**
     * One amount under one limit.
     *
     * @param account that counts it
     * @param amount 0 or more, in the limit's unit
     * @param limit the most that may be counted
     * @param window how long an amount counts; empty for ever
     */
    record Line(Account account, BigDecimal amount, BigDecimal limit, Optional<Duration> window) {
        public Line {
            requireNonNull(account, "account");
            requireNonNull(limit, "limit");
            requireNonNull(window, "window");
            if (amount.signum() < 0) {
                throw new IllegalArgumentException("amount: expected 0 or more, saw " + amount);
            }
            window.filter(length -> length.isNegative() || length.isZero()).ifPresent(length -> {
                throw new IllegalArgumentException("window: expected more than nothing, saw " + length);
            });
        }
    }

    /** Whether there was room. */
    sealed interface Answer {
        /**
         * There was, and it is taken.
         *
         * @param reservation to commit or to release
         */
        record Held(long reservation) implements Answer {}

        /**
         * There was none, and nothing is taken.
         *
         * @param line that has no room
         * @param counted before it
         */
        record Exceeded(Line line, BigDecimal counted) implements Answer {
            public Exceeded {
                requireNonNull(line, "line");
                requireNonNull(counted, "counted");
            }
        }

        /** The ledger cannot remember more; nothing is taken. */
        record Full() implements Answer {}
    }
}
