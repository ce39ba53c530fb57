package dev.x402.scheme.ach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.spec.ErrorCode;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Single steps of a movement: what is refused, what must be dead, and what another engine did. */
class MovementTest {
    private static final Instant BY = Instant.MAX;

    private final World world = new World("2026-11-23T10:00");
    private final SchemeFacilitator scheme = world.facilitator();

    MovementTest() {
        world.bank.deposit(world.payer, 100_000);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void what_another_engine_handed_in_for_the_payment_is_its_landing() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        Movement theirs = signed(movement(payment));
        Movement ours = signed(movement(payment));
        scheme.submit(theirs, theirs.last(), BY);
        scheme.submit(ours, ours.last(), BY);
        assertEquals(new Outcome.Open(), scheme.observe(ours, BY).outcomes().get(0));

        world.clock.until("2026-11-24T08:30");
        Outcome.Landed landed = assertInstanceOf(
                Outcome.Landed.class, scheme.observe(ours, BY).outcomes().get(0));
        assertEquals(Stage.SETTLED, landed.stage());
        assertEquals(reference(theirs), landed.receipt().reference());
        assertEquals(1_000, world.bank.balance(world.shop));
    }

    @Test
    void a_payment_that_another_engine_handed_in_is_prepared_dead_and_found() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        Movement theirs = signed(movement(payment));
        scheme.submit(theirs, theirs.last(), BY);
        Movement ours = signed(movement(payment));

        assertEquals(
                world.clock.instant(),
                StoredEntry.read(ours.last().signed().orElseThrow()).notAfter());
        world.clock.until("2026-11-24T08:30");
        assertInstanceOf(
                Outcome.Landed.class, scheme.observe(ours, BY).outcomes().get(0));
    }

    @Test
    void a_mandate_that_is_revoked_after_verifying_is_declined() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        assertInstanceOf(Verification.Valid.class, scheme.verify(payment, BY));
        world.book.revoke(World.MANDATE, world.clock.instant());

        assertEquals(
                new Declined(Map.of(
                        new ExactAchScheme().key(payment),
                        new Verification.Invalid(
                                new ErrorCode("ach_mandate_revoked"),
                                "payload.authorization.mandate: expected one in force, saw one that was revoked",
                                true))),
                scheme.prepare(movement(payment), BY));
    }

    @Test
    void a_second_try_under_a_mandate_that_was_revoked_meanwhile_moves_nothing() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        Movement first = signed(movement(payment));
        world.clock.pass(Duration.ofSeconds(61));
        assertEquals(Advice.RENEW, scheme.observe(first, BY).advice());
        world.book.revoke(World.MANDATE, world.clock.instant());
        Movement second = signed(renewed(first));
        scheme.submit(second, second.last(), BY);

        Sighting sighting = scheme.observe(second, BY);
        assertEquals(Advice.DONE, sighting.advice());
        assertEquals(List.of(new Outcome.Failed(new ErrorCode("ach_mandate_revoked"))), sighting.outcomes());
        world.clock.until("2026-11-24T08:30");
        assertEquals(0, world.bank.balance(world.shop));
    }

    @Test
    void a_declined_payment_uses_nothing_of_the_mandate() {
        world.bank.prefund(world.payer, 1_000);
        Payment first = world.pay(800, Funding.PREFUNDED);
        Payment second = world.pay(800, Funding.PREFUNDED);
        signed(movement(first));

        Declined declined = assertInstanceOf(Declined.class, scheme.prepare(movement(second), BY));
        assertEquals(
                List.of(new Verification.Invalid(
                        ErrorCode.INSUFFICIENT_FUNDS,
                        "entry.cents: expected at most what is prefunded and free, saw more",
                        true)),
                new ArrayList<>(declined.why().values()));
        assertEquals(10_000 - 800, world.book.left(World.MANDATE, "another", world.clock.instant()));
    }

    @Test
    void an_entry_of_a_lost_try_is_dead_before_the_next_is_made() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        Movement first = signed(movement(payment));
        world.clock.pass(Duration.ofSeconds(61));
        Movement second = signed(renewed(first));
        scheme.submit(second, second.last(), BY);
        scheme.submit(first, first.last(), BY); // a thread that slept wakes up
        world.clock.until("2026-11-24T08:30");

        assertInstanceOf(
                Outcome.Landed.class, scheme.observe(second, BY).outcomes().get(0));
        assertEquals(1_000, world.bank.balance(world.shop));
    }

    private Movement movement(Payment payment) {
        return new Movement(1, List.of(payment), List.of(new Attempt(0, Optional.empty(), Optional.empty())));
    }

    private Movement signed(Movement movement) {
        Signed signed = assertInstanceOf(Signed.class, scheme.prepare(movement, BY));
        List<Attempt> attempts = new ArrayList<>(movement.attempts());
        attempts.set(attempts.size() - 1, movement.last().with(signed));
        return new Movement(movement.id(), movement.payments(), attempts);
    }

    private static Movement renewed(Movement movement) {
        List<Attempt> attempts = new ArrayList<>(movement.attempts());
        attempts.add(new Attempt(attempts.size(), Optional.empty(), Optional.empty()));
        return new Movement(movement.id(), movement.payments(), attempts);
    }

    private static String reference(Movement movement) {
        return movement.last().signed().orElseThrow().reference();
    }
}
