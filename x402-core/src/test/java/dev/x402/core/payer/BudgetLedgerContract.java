package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spi.BudgetLedger;
import dev.x402.spi.BudgetLedger.Account;
import dev.x402.spi.BudgetLedger.Answer;
import dev.x402.spi.BudgetLedger.Line;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every ledger of budgets must do; a subclass names the ledger and owns its time. */
@Timeout(60)
public abstract class BudgetLedgerContract {
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration A_SIXTIETH = Duration.ofMinutes(1);
    private static final Account A = new Account("USD per host per 1 hour", "", "", "a.example");
    private static final Account B = new Account("USD per host per 1 hour", "", "", "b.example");

    /** A contract whose ledger is the subclass's. */
    protected BudgetLedgerContract() {}

    /** The one ledger of this test. */
    protected abstract BudgetLedger ledger();

    /** The ledger's time. */
    protected abstract Instant now();

    /** Lets the ledger's time pass. */
    protected abstract void pass(Duration length);

    protected static Line hourly(Account account, String amount, String limit) {
        return new Line(account, new BigDecimal(amount), new BigDecimal(limit), Optional.of(HOUR));
    }

    protected static Line ever(Account account, String amount, String limit) {
        return new Line(account, new BigDecimal(amount), new BigDecimal(limit), Optional.empty());
    }

    protected final long held(Line... lines) {
        return assertInstanceOf(Answer.Held.class, ledger().reserve(List.of(lines), LEASE))
                .reservation();
    }

    protected final void spent(Line line) {
        assertTrue(ledger().commit(held(line), now()));
    }

    /** What an account counts, seen by asking for more than its limit. */
    protected final String counted(Line line) {
        Line beyond = new Line(line.account(), line.limit().add(BigDecimal.ONE), line.limit(), line.window());
        return assertInstanceOf(Answer.Exceeded.class, ledger().reserve(List.of(beyond), LEASE))
                .counted()
                .stripTrailingZeros()
                .toPlainString();
    }

    @Test
    void a_reservation_counts_at_once() {
        held(hourly(A, "0.15", "0.20"));
        Line more = hourly(A, "0.06", "0.20");
        assertEquals(new Answer.Exceeded(more, new BigDecimal("0.15")), ledger().reserve(List.of(more), LEASE));
    }

    @Test
    void the_whole_limit_may_be_used() {
        held(hourly(A, "0.15", "0.20"));
        held(hourly(A, "0.05", "0.20"));
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void amounts_are_added_exactly_whatever_their_decimals() {
        held(hourly(A, "0.1", "0.300000000000000000"));
        held(hourly(A, "0.199999999999999999", "0.3"));
        held(hourly(A, "0.000000000000000001", "0.3"));
        assertInstanceOf(
                Answer.Exceeded.class, ledger().reserve(List.of(hourly(A, "0.000000000000000001", "0.3")), LEASE));
    }

    @Test
    void an_amount_above_the_limit_has_no_room_in_an_empty_account() {
        Line line = hourly(A, "0.21", "0.20");
        Answer.Exceeded none = assertInstanceOf(Answer.Exceeded.class, ledger().reserve(List.of(line), LEASE));
        assertEquals(0, none.counted().signum());
    }

    @Test
    void accounts_do_not_count_for_one_another() {
        held(hourly(A, "0.20", "0.20"));
        held(hourly(B, "0.20", "0.20"));
    }

    @Test
    void all_lines_have_room_or_nothing_is_taken() {
        held(hourly(B, "0.20", "0.20"));
        Line full = hourly(B, "0.05", "0.20");
        assertEquals(
                full,
                assertInstanceOf(
                                Answer.Exceeded.class,
                                ledger().reserve(List.of(hourly(A, "0.05", "0.20"), full), LEASE))
                        .line());
        assertEquals("0", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void one_account_twice_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ledger().reserve(List.of(hourly(A, "0.1", "0.2"), hourly(A, "0.1", "0.2")), LEASE));
    }

    @Test
    void a_released_reservation_is_free_again_once() {
        long first = held(hourly(A, "0.20", "0.20"));
        ledger().release(first);
        held(hourly(A, "0.20", "0.20"));
        ledger().release(first);
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void a_committed_payment_is_not_released() {
        long id = held(hourly(A, "0.20", "0.20"));
        assertTrue(ledger().commit(id, now()));
        ledger().release(id);
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void committing_again_counts_once() {
        long id = held(hourly(A, "0.10", "0.20"));
        assertTrue(ledger().commit(id, now()));
        assertTrue(ledger().commit(id, now()));
        assertEquals("0.1", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void a_released_reservation_cannot_be_committed() {
        long id = held(hourly(A, "0.20", "0.20"));
        ledger().release(id);
        assertFalse(ledger().commit(id, now()));
    }

    @Test
    void a_reservation_is_free_when_its_lease_is_over_and_cannot_be_committed_then() {
        long id = held(hourly(A, "0.20", "0.20"));
        pass(LEASE);
        assertEquals("0", counted(hourly(A, "0", "0.20")));
        assertFalse(ledger().commit(id, now()));
        assertEquals("0", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void a_reservation_is_held_until_its_lease_is_over() {
        long id = held(hourly(A, "0.20", "0.20"));
        pass(LEASE.minusMillis(1));
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
        assertTrue(ledger().commit(id, now()));
    }

    @Test
    void money_spent_counts_for_its_whole_window() {
        spent(hourly(A, "0.20", "0.20"));
        pass(HOUR.minusMillis(1));
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void money_spent_is_free_again_a_sixtieth_after_its_window() {
        spent(hourly(A, "0.20", "0.20"));
        pass(HOUR.plus(A_SIXTIETH));
        assertEquals("0", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void no_edge_of_a_window_lets_twice_the_limit_pass() {
        pass(Duration.ofMinutes(59));
        for (int minute = 0; minute < 180; minute++) {
            pass(A_SIXTIETH);
            if (ledger().reserve(List.of(hourly(A, "0.20", "0.20")), LEASE) instanceof Answer.Held held) {
                ledger().commit(held.reservation(), now());
                pass(Duration.ofMinutes(59));
                minute += 59;
                assertEquals("0.2", counted(hourly(A, "0", "0.20")));
            }
        }
    }

    @Test
    void a_payment_counts_until_its_authorisation_has_expired() {
        long id = held(hourly(A, "0.20", "0.20"));
        assertTrue(ledger().commit(id, now().plus(HOUR.multipliedBy(3))));
        pass(HOUR.multipliedBy(3).minusMillis(1));
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
        pass(A_SIXTIETH.plusMillis(1));
        assertEquals("0", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void without_a_window_money_counts_for_ever() {
        spent(ever(A, "4", "5"));
        pass(Duration.ofDays(4_000));
        assertEquals("4", counted(ever(A, "0", "5")));
    }

    @Test
    void an_authorisation_without_end_is_counted() {
        long id = held(hourly(A, "0.20", "0.20"));
        assertTrue(ledger().commit(id, Instant.MAX));
        pass(Duration.ofDays(4_000));
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void a_proven_lower_amount_frees_the_difference_once() {
        long id = held(hourly(A, "0.20", "0.20"), ever(B, "20", "20"));
        assertTrue(ledger().commit(id, now()));
        assertTrue(ledger().correct(id, List.of(new BigDecimal("0.05"), new BigDecimal("5"))));
        assertTrue(ledger().correct(id, List.of(BigDecimal.ZERO, BigDecimal.ZERO)));
        assertEquals("0.05", counted(hourly(A, "0", "0.20")));
        assertEquals("5", counted(ever(B, "0", "20")));
    }

    @Test
    void more_than_was_committed_is_no_correction() {
        long id = held(hourly(A, "0.10", "0.20"));
        assertTrue(ledger().commit(id, now()));
        assertThrows(IllegalArgumentException.class, () -> ledger().correct(id, List.of(new BigDecimal("0.11"))));
        assertThrows(IllegalArgumentException.class, () -> ledger().correct(id, List.of(new BigDecimal("-1"))));
    }

    @Test
    void a_reservation_is_not_corrected_before_it_is_committed() {
        long id = held(hourly(A, "0.20", "0.20"));
        assertFalse(ledger().correct(id, List.of(BigDecimal.ZERO)));
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void correcting_after_the_window_takes_nothing_from_others() {
        long id = held(hourly(A, "0.20", "0.20"));
        assertTrue(ledger().commit(id, now()));
        pass(HOUR.plus(A_SIXTIETH));
        spent(hourly(A, "0.20", "0.20"));
        ledger().correct(id, List.of(BigDecimal.ZERO));
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
    }

    @Test
    void a_forgotten_task_counts_nothing_and_no_other_is_forgotten() {
        Account seven = new Account("USD per task", "7", "", "");
        Account eight = new Account("USD per task", "8", "", "");
        long open = held(ever(seven, "1", "5"));
        spent(ever(seven, "1", "5"));
        spent(ever(eight, "1", "5"));
        ledger().forget("7");
        ledger().release(open);
        assertEquals("0", counted(ever(seven, "0", "5")));
        assertEquals("1", counted(ever(eight, "0", "5")));
    }

    @RepeatedTest(20)
    void a_hundred_threads_spend_the_last_cent_once() throws Exception {
        spent(hourly(A, "0.19", "0.20"));
        assertEquals(1, granted(100, hourly(A, "0.01", "0.20")));
        assertEquals("0.2", counted(hourly(A, "0", "0.20")));
    }

    @RepeatedTest(5)
    void a_hundred_threads_share_what_there_is_to_the_last_cent() throws Exception {
        assertEquals(20, granted(100, hourly(A, "0.01", "0.20")));
    }

    private int granted(int threads, Line line) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                answers.add(pool.submit(() -> {
                    start.await();
                    Answer answer = ledger().reserve(List.of(line), LEASE);
                    return answer instanceof Answer.Held held && ledger().commit(held.reservation(), now());
                }));
            }
            int granted = 0;
            for (Future<Boolean> answer : answers) {
                granted += answer.get() ? 1 : 0;
            }
            return granted;
        } finally {
            pool.shutdownNow();
        }
    }
}
