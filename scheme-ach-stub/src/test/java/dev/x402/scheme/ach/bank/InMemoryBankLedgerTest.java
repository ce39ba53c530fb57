package dev.x402.scheme.ach.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.scheme.ach.AchGateway.Entry;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.scheme.ach.AchGateway.State;
import dev.x402.scheme.ach.Funding;
import dev.x402.scheme.ach.SecCode;
import dev.x402.scheme.ach.bank.BankLedger.Item;
import dev.x402.scheme.ach.bank.BankLedger.Line;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every ledger promises to a bank. */
class InMemoryBankLedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T17:00:00Z");

    private final BankLedger ledger = new InMemoryBankLedger();

    @Test
    void lines_that_do_not_add_up_book_nothing() {
        List<Line> lines = List.of(new Line("a", -5), new Line("b", 4));

        assertEquals(
                "lines: expected a sum of 0, saw -1",
                assertThrows(IllegalArgumentException.class, () -> ledger.post(lines))
                        .getMessage());
        assertEquals(0, ledger.balance("a"));
        assertEquals(0, ledger.balance("b"));
    }

    @Test
    void an_overflow_books_nothing() {
        ledger.post(List.of(new Line("a", Long.MAX_VALUE), new Line("b", -Long.MAX_VALUE)));

        assertThrows(ArithmeticException.class, () -> ledger.post(List.of(new Line("a", 1), new Line("b", -1))));
        assertEquals(Long.MAX_VALUE, ledger.balance("a"));
        assertEquals(-Long.MAX_VALUE, ledger.balance("b"));
    }

    @Test
    void two_lines_of_one_account_are_booked_together() {
        ledger.post(List.of(new Line("a", 5), new Line("a", 5), new Line("b", -10)));

        assertEquals(10, ledger.balance("a"));
    }

    @Test
    void a_name_is_taken_in_once() {
        assertTrue(ledger.add(item("1", NOON)));

        assertFalse(ledger.add(item("1", NOON.plusSeconds(1))));
        assertEquals(NOON, ledger.item("1").orElseThrow().next());
    }

    @Test
    void an_item_that_changed_meanwhile_is_not_changed_again_and_nothing_is_booked() {
        Item seen = item("1", NOON);
        ledger.add(seen);
        assertTrue(ledger.replace(seen, seen.moved(State.SETTLED, NOON.plusSeconds(9)), Books.move("a", "b", 7)));

        assertFalse(ledger.replace(seen, seen.moved(State.SETTLED, NOON.plusSeconds(9)), Books.move("a", "b", 7)));
        assertEquals(7, ledger.balance("b"));
    }

    @Test
    void the_earliest_is_due_first_and_nothing_before_its_time() {
        ledger.add(item("2", NOON.plusSeconds(2)));
        ledger.add(item("1", NOON.plusSeconds(1)));

        assertEquals(Optional.empty(), ledger.due(NOON));
        assertEquals("1", ledger.due(NOON.plusSeconds(5)).orElseThrow().name());
        ledger.remove(ledger.item("1").orElseThrow());
        assertEquals("2", ledger.due(NOON.plusSeconds(5)).orElseThrow().name());
        ledger.remove(ledger.item("2").orElseThrow());
        assertEquals(0, ledger.size());
        assertEquals(List.of(), ledger.items("id"));
    }

    private static Item item(String name, Instant next) {
        Entry entry = new Entry(
                name,
                "id",
                "mdt_0000000000000001",
                "acct_0000000000000001",
                "acct_0000000000000002",
                7,
                SecCode.WEB,
                Funding.DEBIT,
                Speed.NEXT_DAY,
                NOON);
        return new Item(
                name, entry, State.TAKEN, Optional.of(NOON), NOON, NOON, Optional.empty(), Optional.empty(), next);
    }
}
