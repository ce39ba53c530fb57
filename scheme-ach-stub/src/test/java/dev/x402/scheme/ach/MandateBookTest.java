package dev.x402.scheme.ach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every book promises of a mandate's maximum. */
class MandateBookTest {
    private final World world = new World("2026-11-23T10:00");
    private final MandateBook book = world.book;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void what_a_payment_uses_it_uses_once() {
        assertTrue(use("a", 6_000, "2026-11-23T10:00"));
        assertTrue(use("a", 6_000, "2026-11-23T10:01"));

        assertEquals(4_000, left("b", "2026-11-23T10:02"));
        assertEquals(10_000, left("a", "2026-11-23T10:02"));
    }

    @Test
    void no_more_than_the_maximum_is_used_in_a_month() {
        assertTrue(use("a", 6_000, "2026-11-23T10:00"));
        assertFalse(use("b", 4_001, "2026-11-30T23:59"));

        assertTrue(use("b", 10_000, "2026-12-01T00:00"));
    }

    @Test
    void what_is_given_back_can_be_used_again() {
        use("a", 6_000, "2026-11-23T10:00");
        book.giveBack(World.MANDATE, "a");
        book.giveBack(World.MANDATE, "a");

        assertEquals(10_000, left("b", "2026-11-23T10:00"));
    }

    @Test
    void what_is_given_back_of_last_month_makes_this_month_no_larger() {
        use("a", 6_000, "2026-11-23T10:00");
        assertEquals(10_000, left("b", "2026-12-01T00:00"));
        book.giveBack(World.MANDATE, "a");

        assertEquals(10_000, left("b", "2026-12-01T00:00"));
    }

    @Test
    void of_a_mandate_that_nobody_knows_nothing_is_left() {
        assertEquals(0, book.left("mdt_0000000000000077", "a", world.clock.instant()));
        assertFalse(book.use("mdt_0000000000000077", "a", 1, world.clock.instant()));
    }

    @Test
    void the_first_revocation_counts() {
        Instant first = world.clock.instant();
        book.revoke(World.MANDATE, first);
        book.revoke(World.MANDATE, first.plusSeconds(9));

        assertEquals(first, book.find(World.MANDATE).orElseThrow().revoked().orElseThrow());
    }

    private boolean use(String id, long cents, String then) {
        return book.use(World.MANDATE, id, cents, FakeClock.newYork(then));
    }

    private long left(String id, String then) {
        return book.left(World.MANDATE, id, FakeClock.newYork(then));
    }
}
