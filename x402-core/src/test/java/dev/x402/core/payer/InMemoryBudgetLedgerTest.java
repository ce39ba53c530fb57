package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.market.Time;
import dev.x402.spi.BudgetLedger;
import dev.x402.spi.BudgetLedger.Account;
import dev.x402.spi.BudgetLedger.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InMemoryBudgetLedgerTest extends BudgetLedgerContract {
    private final Time time = new Time();
    private final BudgetLedger ledger =
            InMemoryBudgetLedger.builder(time).maxAccounts(50).maxCorrectable(2).build();

    @Override
    protected BudgetLedger ledger() {
        return ledger;
    }

    @Override
    protected Instant now() {
        return time.instant();
    }

    @Override
    protected void pass(Duration length) {
        time.pass(length);
    }

    private static Account host(int number) {
        return new Account("USD per host per 1 hour", "", "", "host" + number);
    }

    @Test
    void a_clock_that_goes_back_frees_nothing() {
        spent(hourly(host(1), "1", "1"));
        time.pass(Duration.ofHours(-5));
        assertEquals("1", counted(hourly(host(1), "0", "1")));
        spent(hourly(host(2), "1", "1"));
        time.pass(Duration.ofHours(5));
        time.pass(Duration.ofMinutes(59));
        assertEquals("1", counted(hourly(host(1), "0", "1")));
        assertEquals("1", counted(hourly(host(2), "0", "1")));
    }

    @Test
    void a_full_ledger_refuses_a_new_account_and_forgets_none() {
        for (int i = 0; i < 50; i++) {
            spent(hourly(host(i), "1", "1"));
        }
        assertEquals(new Answer.Full(), ledger.reserve(List.of(hourly(host(50), "1", "1")), Duration.ofMinutes(1)));
        assertEquals("1", counted(hourly(host(0), "0", "1")));
    }

    @Test
    void accounts_whose_window_passed_make_room() {
        for (int i = 0; i < 50; i++) {
            spent(hourly(host(i), "1", "1"));
        }
        time.pass(Duration.ofMinutes(61));
        for (int i = 50; i < 100; i++) {
            spent(hourly(host(i), "1", "1"));
        }
    }

    @Test
    void only_the_newest_payments_can_be_corrected() {
        long[] ids = new long[3];
        for (int i = 0; i < 3; i++) {
            ids[i] = held(hourly(host(1), "1", "3"));
            ledger.commit(ids[i], now());
        }
        assertFalse(ledger.correct(ids[0], List.of(BigDecimal.ZERO)));
        assertTrue(ledger.correct(ids[2], List.of(BigDecimal.ZERO)));
        assertEquals("2", counted(hourly(host(1), "0", "3")));
    }

    @Test
    void a_thousand_ends_of_authorisations_are_kept_as_few_sums_that_end_late() {
        Instant begun = now();
        for (int i = 1; i <= 1_000; i++) {
            ledger.commit(held(hourly(host(1), "1", "1000")), begun.plus(Duration.ofHours(i)));
        }
        for (int i = 1; i <= 1_000; i++) {
            assertTrue(new BigDecimal(counted(hourly(host(1), "0", "1000"))).intValue() >= 1_001 - i);
            time.pass(Duration.ofHours(1));
        }
        time.pass(Duration.ofMinutes(1));
        assertEquals("0", counted(hourly(host(1), "0", "1000")));
    }

    @Test
    void a_ledger_without_room_is_not_built() {
        assertEquals(
                "ledger: expected room for one, saw 0 accounts and 10000 payments",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> InMemoryBudgetLedger.builder(time)
                                        .maxAccounts(0)
                                        .build())
                        .getMessage());
    }

    private record Paid(Instant at, int cents) {}

    /** Compared with a ledger that keeps every payment: never more in any window, never less than a 61st behind. */
    @Test
    void random_payments_never_exceed_an_exact_ledger() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            Account account = new Account("USD per host per 1 hour", "", "", "seed" + seed % 40);
            Deque<Paid> exact = new ArrayDeque<>();
            for (int step = 0; step < 200; step++) {
                time.pass(Duration.ofMillis(random.nextInt(600_000)));
                int cents = random.nextInt(40);
                Answer answer = ledger.reserve(
                        List.of(hourly(account, BigDecimal.valueOf(cents, 2).toString(), "1")), Duration.ofHours(9));
                if (answer instanceof Answer.Held held) {
                    ledger.commit(held.reservation(), now());
                    exact.add(new Paid(now(), cents));
                }
                assertTrue(within(exact, Duration.ofHours(1)) <= 100, "seed " + seed + ", step " + step);
                if (answer instanceof Answer.Exceeded) {
                    assertTrue(within(exact, Duration.ofMinutes(61)) + cents > 100, "seed " + seed + ", step " + step);
                }
            }
            time.pass(Duration.ofHours(2));
        }
    }

    private int within(Deque<Paid> exact, Duration window) {
        return exact.stream()
                .filter(paid -> paid.at().plus(window).isAfter(now()))
                .mapToInt(Paid::cents)
                .sum();
    }
}
