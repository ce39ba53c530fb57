package dev.x402.scheme.ach.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.scheme.ach.AccountKind;
import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.scheme.ach.AchGateway.Entry;
import dev.x402.scheme.ach.AchGateway.Event;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.scheme.ach.AchGateway.State;
import dev.x402.scheme.ach.FakeClock;
import dev.x402.scheme.ach.Funding;
import dev.x402.scheme.ach.ReturnCode;
import dev.x402.scheme.ach.SecCode;
import dev.x402.spec.ErrorCode;
import dev.x402.spi.RailUnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedBankTest {
    private static final String MANDATE = "mdt_0000000000000001";
    private static final Instant BY = Instant.MAX;

    private final FakeClock clock = new FakeClock("2026-11-23T10:00");
    private final InMemoryBankLedger ledger = new InMemoryBankLedger();
    private final SimulatedBank bank = bank(builder -> builder);
    private final String payer = open(AccountKind.CONSUMER_CHECKING, 100_000);
    private final String shop = open(AccountKind.CORPORATE_CHECKING, 0);

    @Test
    void settles_a_debit_on_its_date_and_not_before() {
        Entry entry = taken(1_000);
        clock.until("2026-11-24T08:29");
        assertEquals(State.TAKEN, state(entry));
        assertEquals(0, bank.balance(shop));

        clock.until("2026-11-24T08:30");
        assertEquals(State.SETTLED, state(entry));
        assertEquals(1_000, bank.balance(shop));
        assertEquals(99_000, bank.balance(payer));
        assertEquals(0, ledger.total());
    }

    @Test
    void a_person_s_debit_is_final_after_60_days_and_a_company_s_after_two_banking_days() {
        Entry personal = taken(1_000);
        String company = open(AccountKind.CORPORATE_CHECKING, 5_000);
        Entry corporate = entry(company, 1_000, SecCode.CCD, Funding.DEBIT, Speed.NEXT_DAY);
        bank.originate(corporate, BY);

        clock.until("2026-11-30T08:29");
        assertEquals(State.SETTLED, state(corporate));
        clock.until("2026-11-30T08:30");
        assertEquals(State.FINAL, state(corporate));
        clock.until("2027-01-25T08:29");
        assertEquals(State.SETTLED, state(personal));
        clock.until("2027-01-25T08:30");
        assertEquals(State.FINAL, state(personal));
    }

    @ParameterizedTest
    @CsvSource({
        "1001, R01, 2026-11-27T08:30",
        "1002, R02, 2026-11-27T08:30",
        "1003, R03, 2026-11-27T08:30",
        "1029, R29, 2026-11-27T08:30",
        "1010, R10, 2027-01-04T08:30"
    })
    void magic_cents_come_back(long cents, String code, String then) {
        Entry entry = taken(cents);
        clock.pass(Duration.between(clock.instant(), FakeClock.newYork(then)).minusSeconds(1));
        assertEquals(State.SETTLED, state(entry));
        assertEquals(cents, bank.balance(shop));

        clock.pass(Duration.ofSeconds(1));
        assertEquals(State.RETURNED, state(entry));
        assertEquals(
                new ReturnCode(code), bank.status(entry.trace(), BY).returned().orElseThrow());
        assertEquals(0, bank.balance(shop));
        assertEquals(100_000, bank.balance(payer));
        assertEquals(0, ledger.total());
    }

    @Test
    void what_the_account_does_not_have_comes_back_as_r01() {
        Entry entry = taken(100_100);
        clock.until("2026-11-27T08:30");

        assertEquals(ReturnCode.R01, bank.status(entry.trace(), BY).returned().orElseThrow());
    }

    @Test
    void a_closed_account_comes_back_as_r02() {
        Entry entry = taken(1_000);
        bank.close(payer);
        clock.until("2026-11-27T08:30");

        assertEquals(ReturnCode.R02, bank.status(entry.trace(), BY).returned().orElseThrow());
    }

    @Test
    void a_corporate_entry_on_a_person_s_account_comes_back_as_r05() {
        Entry entry = entry(payer, 1_000, SecCode.CCD, Funding.DEBIT, Speed.NEXT_DAY);
        bank.originate(entry, BY);
        clock.until("2027-01-04T08:30");

        assertEquals(ReturnCode.R05, bank.status(entry.trace(), BY).returned().orElseThrow());
    }

    @Test
    void the_same_entry_again_is_taken_once() {
        Entry entry = taken(1_000);

        assertEquals(new Answer.Taken(), bank.originate(entry, BY));
        clock.until("2026-11-24T08:30");
        assertEquals(1_000, bank.balance(shop));
    }

    @Test
    void another_trace_for_the_same_payment_is_taken_once() {
        Entry entry = taken(1_000);

        assertEquals(new Answer.Taken(), bank.originate(again(entry, bank.trace(BY), 1_000), BY));
        clock.until("2026-11-24T08:30");
        assertEquals(1_000, bank.balance(shop));
    }

    @Test
    void a_used_id_with_other_terms_is_refused() {
        Entry entry = taken(1_000);

        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_duplicate_end_to_end_id"),
                        "entry.endToEndId: expected the terms of its first use, saw others"),
                bank.originate(again(entry, bank.trace(BY), 2_000), BY));
        clock.until("2026-11-24T08:30");
        assertEquals(1_000, bank.balance(shop));
    }

    @Test
    void a_used_trace_with_another_entry_is_refused() {
        Entry entry = taken(1_000);
        Entry other = entry(payer, 2_000, SecCode.WEB, Funding.DEBIT, Speed.NEXT_DAY);

        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_duplicate_trace"),
                        "entry.trace: expected a new one, saw that of another entry"),
                bank.originate(
                        new Entry(
                                entry.trace(),
                                other.endToEndId(),
                                MANDATE,
                                payer,
                                shop,
                                2_000,
                                SecCode.WEB,
                                Funding.DEBIT,
                                Speed.NEXT_DAY,
                                other.notAfter()),
                        BY));
    }

    @Test
    void a_bank_that_knows_no_duplicates_books_both() {
        SimulatedBank simple = bank(builder -> builder.deduplicates(false));
        String account = simple.open(new BankAccount("021000021", "9876", AccountKind.CONSUMER_CHECKING));
        String store = simple.open(new BankAccount("021000021", "8765", AccountKind.CORPORATE_CHECKING));
        simple.deposit(account, 5_000);
        Entry entry = new Entry(
                simple.trace(BY),
                "id",
                MANDATE,
                account,
                store,
                1_000,
                SecCode.WEB,
                Funding.DEBIT,
                Speed.NEXT_DAY,
                clock.instant().plusSeconds(60));
        simple.originate(entry, BY);
        simple.originate(entry, BY);
        clock.until("2026-11-24T08:30");

        assertEquals(2_000, simple.balance(store));
    }

    @Test
    void what_comes_too_late_is_refused() {
        Entry entry = entry(payer, 1_000, SecCode.WEB, Funding.DEBIT, Speed.NEXT_DAY);
        clock.pass(Duration.ofSeconds(60));

        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_entry_stale"),
                        "entry.notAfter: expected a time after now, saw an earlier one"),
                bank.originate(entry, BY));
        assertEquals(State.UNKNOWN, state(entry));
    }

    @Test
    void same_day_takes_a_million_dollars_and_nothing_more_and_routes_it_nowhere_else() {
        bank.deposit(payer, 300_000_000);
        Entry most = entry(payer, 100_000_000, SecCode.WEB, Funding.DEBIT, Speed.SAME_DAY);
        Entry more = entry(payer, 100_000_001, SecCode.WEB, Funding.DEBIT, Speed.SAME_DAY);

        assertEquals(new Answer.Taken(), bank.originate(most, BY));
        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_amount_over_limit"),
                        "entry.cents: expected at most 100000000 for SAME_DAY, saw 100000001"),
                bank.originate(more, BY));
        clock.until("2026-11-23T13:00");
        assertEquals(State.SETTLED, state(most));
        clock.until("2026-12-01T12:00");
        assertEquals(State.REFUSED, state(more));
    }

    @Test
    void an_account_that_nobody_opened_is_refused() {
        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_account_unknown"),
                        "entry.account: expected a token of this bank, saw another"),
                bank.originate(entry("acct_0000000000000000", 1_000, SecCode.WEB, Funding.DEBIT, Speed.NEXT_DAY), BY));
    }

    @Test
    void prefunded_money_moves_at_once_for_good_and_not_twice() {
        bank.prefund(payer, 1_500);
        Entry first = entry(payer, 1_000, SecCode.WEB, Funding.PREFUNDED, Speed.NEXT_DAY);
        Entry second = entry(payer, 1_000, SecCode.WEB, Funding.PREFUNDED, Speed.NEXT_DAY);

        assertEquals(new Answer.Taken(), bank.originate(first, BY));
        assertEquals(State.FINAL, state(first));
        assertEquals(
                new Answer.Refused(
                        ErrorCode.INSUFFICIENT_FUNDS,
                        "entry.cents: expected at most what is prefunded and free, saw more"),
                bank.originate(second, BY));
        assertEquals(1_000, bank.balance(shop));
        assertEquals(500, bank.prefunded(payer));
        assertEquals(98_500, bank.balance(payer));
    }

    @Test
    void held_money_is_free_again_when_its_time_is_over() {
        bank.prefund(payer, 1_000);
        Entry held = entry(payer, 800, SecCode.WEB, Funding.PREFUNDED, Speed.NEXT_DAY);
        assertEquals(new Answer.Taken(), bank.hold(held, BY));
        assertEquals(new Answer.Taken(), bank.hold(held, BY));
        assertEquals(200, bank.look("other", payer, BY).prefunded());
        assertEquals(1_000, bank.look(held.endToEndId(), payer, BY).prefunded());
        Entry other = entry(payer, 300, SecCode.WEB, Funding.PREFUNDED, Speed.NEXT_DAY);
        assertTrue(bank.hold(other, BY) instanceof Answer.Refused);

        clock.pass(Duration.ofSeconds(60));
        assertEquals(1_000, bank.look("other", payer, BY).prefunded());
    }

    @Test
    void the_guarantor_pays_at_once_and_bears_the_return() {
        bank.endow(3_000);
        Entry entry = entry(payer, 1_001, SecCode.WEB, Funding.GUARANTEED, Speed.NEXT_DAY);
        bank.originate(entry, BY);
        assertEquals(State.GUARANTEED, state(entry));
        assertEquals(1_001, bank.balance(shop));
        assertEquals(1_999, bank.guarantee());

        clock.until("2026-11-24T08:30");
        assertEquals(3_000, bank.guarantee());
        clock.until("2026-11-27T08:30");
        assertEquals(State.RETURNED, state(entry));
        assertEquals(1_001, bank.balance(shop));
        assertEquals(1_999, bank.guarantee());
        assertEquals(100_000, bank.balance(payer));
        assertEquals(0, ledger.total());
    }

    @Test
    void nothing_is_guaranteed_above_the_limit_or_what_the_guarantor_has() {
        bank.endow(3_000);
        Answer refused = new Answer.Refused(
                new ErrorCode("ach_guarantee_exceeded"), "entry.cents: expected at most what is guaranteed, saw more");
        assertEquals(refused, bank.originate(entry(payer, 2_001, SecCode.WEB, Funding.GUARANTEED, Speed.NEXT_DAY), BY));
        bank.originate(entry(payer, 2_000, SecCode.WEB, Funding.GUARANTEED, Speed.NEXT_DAY), BY);
        assertEquals(refused, bank.originate(entry(payer, 2_000, SecCode.WEB, Funding.GUARANTEED, Speed.NEXT_DAY), BY));
    }

    @Test
    void a_return_of_an_unknown_trace_is_refused() {
        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_unknown_trace"), "return.trace: expected one of an entry, saw another"),
                bank.giveBack("021000029999999", ReturnCode.R01));
    }

    @Test
    void a_second_return_is_refused_and_books_nothing() {
        Entry entry = taken(1_000);
        clock.until("2026-11-24T09:00");
        assertEquals(new Answer.Taken(), bank.giveBack(entry.trace(), ReturnCode.R01));

        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_already_returned"),
                        "return.trace: expected an entry that was not returned, saw one that was, as R01"),
                bank.giveBack(entry.trace(), ReturnCode.R10));
        assertEquals(100_000, bank.balance(payer));
        assertEquals(0, bank.balance(shop));
    }

    @Test
    void a_return_before_the_settlement_comes_back_when_it_settles() {
        Entry entry = taken(1_000);
        assertEquals(new Answer.Taken(), bank.giveBack(entry.trace(), ReturnCode.R03));
        assertEquals(State.TAKEN, state(entry));
        clock.until("2026-11-24T08:30");

        assertEquals(State.RETURNED, state(entry));
        assertEquals(100_000, bank.balance(payer));
        assertEquals(0, bank.balance(shop));
    }

    @Test
    void a_return_after_its_time_is_refused() {
        Entry entry = taken(1_000);
        clock.until("2026-11-30T08:30");
        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_return_too_late"), "return.code: expected one that may still come, saw R01"),
                bank.giveBack(entry.trace(), ReturnCode.R01));

        assertEquals(new Answer.Taken(), bank.giveBack(entry.trace(), ReturnCode.R10));
    }

    @Test
    void what_is_final_is_not_returned() {
        Entry entry = taken(1_000);
        clock.until("2027-01-26T08:30");

        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_not_returnable"),
                        "return.trace: expected a debit in its window, saw another"),
                bank.giveBack(entry.trace(), ReturnCode.R10));
    }

    @Test
    void a_file_that_came_before_is_refused_as_a_whole() {
        Entry entry = entry(payer, 1_000, SecCode.WEB, Funding.DEBIT, Speed.NEXT_DAY);
        AchFile file = AchFile.of(List.of(entry));
        assertEquals(new Answer.Taken(), bank.receive(file));

        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_duplicate_file"),
                        "file.hash: expected a new file, saw one that came before"),
                bank.receive(file));
        clock.until("2026-11-24T08:30");
        assertEquals(1_000, bank.balance(shop));
    }

    @Test
    void a_file_with_one_known_trace_is_refused_as_a_whole() {
        Entry known = taken(1_000);
        Entry fresh = entry(payer, 2_000, SecCode.WEB, Funding.DEBIT, Speed.NEXT_DAY);

        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_duplicate_trace"),
                        "file.entries[1].trace: expected a new one, saw one of another entry"),
                bank.receive(AchFile.of(List.of(fresh, known))));
        clock.until("2026-11-24T08:30");
        assertEquals(1_000, bank.balance(shop));
    }

    @Test
    void a_torn_file_is_refused() {
        Entry one = entry(payer, 1_000, SecCode.WEB, Funding.DEBIT, Speed.NEXT_DAY);
        Entry two = entry(payer, 2_000, SecCode.WEB, Funding.DEBIT, Speed.NEXT_DAY);
        AchFile whole = AchFile.of(List.of(one, two));

        assertEquals(
                new Answer.Refused(new ErrorCode("ach_file_control"), "file.total: expected 1000, saw 3000"),
                bank.receive(new AchFile(List.of(one), whole.total(), whole.hash())));
        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_file_control"), "file.hash: expected that of the entries, saw another"),
                bank.receive(new AchFile(List.of(two, one), whole.total(), whole.hash())));
    }

    @Test
    void a_correction_that_is_not_applied_in_six_banking_days_stops_the_account() {
        Entry entry = taken(1_000);
        clock.until("2026-11-24T09:00");
        BankAccount corrected = new BankAccount("021000021", "00012345", AccountKind.CONSUMER_SAVINGS);
        assertEquals(new Answer.Taken(), bank.notice(entry.trace(), "C01", corrected));
        clock.until("2026-12-02T08:29");
        assertEquals(State.TAKEN, state(taken(1_000)));

        clock.until("2026-12-03T08:30");
        assertEquals(
                new Answer.Refused(
                        new ErrorCode("ach_correction_due"),
                        "entry.account: expected one that was corrected within 6 banking days of its notice, saw one"
                                + " that was not"),
                bank.originate(entry(payer, 1_000, SecCode.WEB, Funding.DEBIT, Speed.NEXT_DAY), BY));

        Event notice = bank.events(0, 10, BY).stream()
                .filter(event -> event.kind() == Event.Kind.NOTICE)
                .findFirst()
                .orElseThrow();
        assertEquals(new Answer.Taken(), bank.correct(notice.number(), BY));
        assertEquals(corrected, bank.account(payer).orElseThrow());
        assertEquals(State.TAKEN, state(taken(1_000)));
    }

    @Test
    void tells_events_in_order_until_they_are_confirmed() {
        Entry entry = taken(1_001);
        clock.until("2026-11-27T08:30");

        assertEquals(
                List.of(
                        new Event(
                                1,
                                Event.Kind.SETTLED,
                                entry.trace(),
                                MANDATE,
                                payer,
                                "",
                                FakeClock.newYork("2026-11-24T08:30")),
                        new Event(
                                2,
                                Event.Kind.RETURNED,
                                entry.trace(),
                                MANDATE,
                                payer,
                                "R01",
                                FakeClock.newYork("2026-11-27T08:30"))),
                bank.events(0, 10, BY));
        bank.acknowledge(1, BY);
        assertEquals(1, bank.events(0, 10, BY).size());
    }

    @Test
    void while_it_cannot_be_asked_it_works_on() {
        Entry entry = taken(1_000);
        bank.outage(true);
        clock.until("2026-11-24T08:30");
        assertEquals(
                "bank: it cannot be asked",
                assertThrows(RailUnavailableException.class, () -> state(entry)).getMessage());

        assertEquals(1_000, bank.balance(shop));
    }

    @Test
    void remembers_open_entries_and_those_of_the_last_ten_days_only() {
        for (int day = 0; day < 200; day++) {
            for (int i = 0; i < 10; i++) {
                taken(500);
            }
            bank.deposit(payer, 5_000);
            clock.pass(Duration.ofDays(1));
            long last = bank.events(0, Integer.MAX_VALUE, BY).stream()
                    .mapToLong(Event::number)
                    .max()
                    .orElse(0);
            bank.acknowledge(last, BY);
        }
        int open = bank.remembered();
        assertTrue(open <= 10 * (65 + 10), () -> open + " remembered of 2000");
        clock.pass(Duration.ofDays(80));
        bank.acknowledge(Long.MAX_VALUE - 1, BY);
        assertEquals(0, bank.remembered());
        assertEquals(1_000_000, bank.balance(shop));
        assertEquals(0, ledger.total());
    }

    private SimulatedBank bank(UnaryOperator<SimulatedBank.Builder> how) {
        return how.apply(SimulatedBank.builder(clock, new SecureRandom())
                        .ledger(ledger)
                        .guaranteedUpTo(2_000))
                .build();
    }

    private String open(AccountKind kind, long cents) {
        String token = bank.open(new BankAccount("021000021", "1234567", kind));
        bank.deposit(token, cents);
        return token;
    }

    private State state(Entry entry) {
        return bank.status(entry.trace(), BY).state();
    }

    private Entry taken(long cents) {
        Entry entry = entry(payer, cents, SecCode.WEB, Funding.DEBIT, Speed.NEXT_DAY);
        assertEquals(new Answer.Taken(), bank.originate(entry, BY));
        return entry;
    }

    private Entry entry(String account, long cents, SecCode sec, Funding funding, Speed speed) {
        String trace = bank.trace(BY);
        return new Entry(
                trace,
                "id-" + trace,
                MANDATE,
                account,
                shop,
                cents,
                sec,
                funding,
                speed,
                clock.instant().plusSeconds(60));
    }

    private static Entry again(Entry entry, String trace, long cents) {
        return new Entry(
                trace,
                entry.endToEndId(),
                entry.mandate(),
                entry.account(),
                entry.payee(),
                cents,
                entry.sec(),
                entry.funding(),
                entry.speed(),
                entry.notAfter());
    }
}
