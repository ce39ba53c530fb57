package dev.x402.scheme.ach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.scheme.ach.AchDesk.Alarm;
import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.scheme.ach.AchGateway.Event;
import dev.x402.scheme.ach.MandateBook.Tally;
import dev.x402.scheme.ach.bank.BankAccount;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the desk makes of what a bank tells, also twice and in another order. */
class AchDeskTest {
    private static final Instant AT = FakeClock.newYork("2026-11-23T10:00");

    private final InMemoryMandateBook book = new InMemoryMandateBook();
    private long number;

    @Test
    void a_return_that_is_told_twice_counts_once() {
        book.hear(event(Event.Kind.RETURNED, "1", "R01"));
        book.hear(event(Event.Kind.RETURNED, "1", "R01"));

        assertEquals(new Tally(0, 1, 0, 0), book.tally(AT));
    }

    @Test
    void a_return_that_is_told_before_its_settlement_counts() {
        book.hear(event(Event.Kind.RETURNED, "1", "R10"));
        book.hear(event(Event.Kind.SETTLED, "1", ""));

        assertEquals(new Tally(1, 1, 1, 0), book.tally(AT));
    }

    @Test
    void an_event_of_a_number_that_was_heard_counts_no_more() {
        Event settled = event(Event.Kind.SETTLED, "1", "");
        book.hear(settled);
        book.hear(settled);

        assertEquals(new Tally(1, 0, 0, 0), book.tally(AT));
        assertEquals(1, book.heard());
    }

    @Test
    void a_code_that_nobody_knows_counts_as_a_return_and_nothing_else() {
        book.hear(event(Event.Kind.RETURNED, "1", "R85"));
        book.hear(event(Event.Kind.RETURNED, "2", "??"));

        assertEquals(new Tally(0, 2, 0, 0), book.tally(AT));
    }

    @Test
    void what_is_older_than_60_days_is_forgotten() {
        book.hear(event(Event.Kind.SETTLED, "1", ""));
        book.hear(new Event(++number, Event.Kind.SETTLED, "2", "m", "a", "", AT.plus(Duration.ofDays(70))));

        assertEquals(new Tally(1, 0, 0, 0), book.tally(AT.minus(Duration.ofDays(60))));
    }

    @Test
    void an_alarm_rings_above_the_limit_once_and_not_at_it() {
        assertEquals(List.of(), rates(200, "R10", 1)); // 0.5 %
        assertEquals(List.of(Alarm.Rate.UNAUTHORISED), rates(399, "R10", 2));
        assertEquals(List.of(), rates(100, "R03", 3)); // 3 %
        assertEquals(List.of(Alarm.Rate.ADMINISTRATIVE), rates(99, "R03", 3));
        assertEquals(List.of(), rates(20, "R01", 3)); // 15 %
        assertEquals(List.of(Alarm.Rate.ALL), rates(19, "R01", 3));
    }

    @Test
    void a_notice_of_change_corrects_the_account_and_the_payer_signs_nothing_new() {
        try (World world = new World("2026-11-23T10:00")) {
            world.bank.deposit(world.payer, 10_000);
            Payment payment = world.pay(1_000, Funding.DEBIT);
            world.settle(payment);
            world.until("2026-11-24T08:30");
            Settlement.Settled settled = assertInstanceOf(Settlement.Settled.class, world.settle(payment));
            BankAccount corrected = new BankAccount("021000021", "00055555", AccountKind.CONSUMER_SAVINGS);
            assertEquals(new Answer.Taken(), world.bank.notice(settled.receipt().reference(), "C05", corrected));

            world.clock.pass(Duration.ofMinutes(2));
            world.settle(world.pay(1_000, Funding.DEBIT));
            assertEquals(corrected, world.bank.account(world.payer).orElseThrow());
            world.until("2026-12-04T08:30");
            assertEquals(2_000, world.bank.balance(world.shop));
        }
    }

    @Test
    void returns_that_the_bank_tells_again_end_nothing_twice() {
        try (World world = new World("2026-11-23T10:00")) {
            world.bank.deposit(world.payer, 10_000);
            Payment payment = world.pay(1_010, Funding.DEBIT);
            world.settle(payment);
            world.until("2027-01-05T08:30");
            assertInstanceOf(Settlement.Reversed.class, world.settle(payment));
            Instant revoked =
                    world.book.find(World.MANDATE).orElseThrow().revoked().orElseThrow();
            String trace =
                    ((Settlement.Reversed) world.settle(payment)).receipt().reference();
            AchDesk again = new AchDesk(
                    new RepeatingBank(
                            world.bank,
                            new Event(
                                    99,
                                    Event.Kind.RETURNED,
                                    trace,
                                    World.MANDATE,
                                    world.payer,
                                    "R10",
                                    world.clock.instant())),
                    world.book,
                    world.clock,
                    alarm -> {});

            assertEquals(0, again.work(Instant.MAX));
            assertEquals(
                    revoked,
                    world.book.find(World.MANDATE).orElseThrow().revoked().orElseThrow());
            assertEquals(new Tally(1, 1, 1, 0), world.desk.tally());
            assertEquals(0, world.bank.balance(world.shop));
        }
    }

    private static List<Alarm.Rate> rates(int debits, String code, int returns) {
        try (World world = new World(
                "2026-11-23T10:00",
                builder -> builder,
                m -> m,
                AccountKind.CONSUMER_CHECKING,
                AchGateway.Speed.NEXT_DAY)) {
            for (int i = 0; i < debits; i++) {
                world.book.hear(new Event(i + 1, Event.Kind.SETTLED, "t" + i, "m", "a", "", AT));
            }
            Event[] told = new Event[returns];
            for (int i = 0; i < returns; i++) {
                told[i] = new Event(debits + i + 1, Event.Kind.RETURNED, "t" + i, "m", "a", code, AT);
            }
            AchDesk desk = new AchDesk(new RepeatingBank(world.bank, told), world.book, world.clock, world.alarms::add);
            desk.work(Instant.MAX);
            desk.work(Instant.MAX);
            return world.alarms.stream().map(Alarm::rate).toList();
        }
    }

    private Event event(Event.Kind kind, String trace, String code) {
        return new Event(++number, kind, trace, World.MANDATE, "acct_0000000000000000", code, AT);
    }
}
