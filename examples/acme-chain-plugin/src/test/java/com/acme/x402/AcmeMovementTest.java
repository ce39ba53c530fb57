package com.acme.x402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.AtomicAmount;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.Phase;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A payment from the signature to the block that stays. */
class AcmeMovementTest {

    @ParameterizedTest
    @ValueSource(strings = {"exact", "metered"})
    void money_moves_once_and_is_final_two_blocks_later(String scheme) throws IOException {
        try (World world = new World(scheme)) {
            Payment payment = world.pay(world.offer(500));
            assertInstanceOf(Verification.Valid.class, world.facilitator().verify(payment, world.by()));
            Movement movement = world.prepared(payment);
            assertEquals(World.FUNDS, world.balance(world.payer), "signed, and nothing sent");
            world.submit(movement);
            world.submit(movement);
            assertEquals(Advice.WAIT, world.observe(movement).advice());

            world.time.passBlocks(1);
            assertEquals(Stage.SEEN, landed(world, movement).stage());
            world.time.passBlocks(2);
            assertEquals(Stage.FINAL, landed(world, movement).stage());
            assertEquals(Advice.DONE, world.observe(movement).advice());
            assertEquals(500, world.balance(world.payee));
        }
    }

    @Test
    void a_lost_answer_is_found_by_looking() throws IOException {
        try (World world = new World("exact")) {
            Movement movement = world.prepared(world.pay(world.offer(500)));
            world.server.loseNextAnswer();
            assertThrows(RailUnavailableException.class, () -> world.submit(movement));
            world.time.passBlocks(3);
            assertEquals(Stage.FINAL, landed(world, movement).stage());
        }
    }

    @Test
    void a_block_that_vanished_is_sent_again() throws IOException {
        try (World world = new World("exact")) {
            Movement movement = world.prepared(world.pay(world.offer(500)));
            world.submit(movement);
            world.time.passBlocks(1);
            assertEquals(Stage.SEEN, landed(world, movement).stage());
            world.ledger.forgetWhatIsNotFinal();
            assertEquals(Advice.RESEND, world.observe(movement).advice());
            world.submit(movement);
            world.time.passBlocks(3);
            assertEquals(Stage.FINAL, landed(world, movement).stage());
            assertEquals(500, world.balance(world.payee));
        }
    }

    @Test
    void a_stranger_s_transaction_with_the_same_effect_is_the_payment() throws IOException {
        try (World world = new World("exact")) {
            Payment payment = world.pay(world.offer(500));
            Movement movement = world.prepared(payment);
            Transfer stranger =
                    Transfer.sign(SignedAuthorization.of(payment), AtomicAmount.of(500), world.payee);
            assertEquals("", world.ledger.take(stranger.toBytes()));
            world.time.passBlocks(3);
            assertEquals(stranger.id(), landed(world, movement).receipt().reference());
            assertEquals(Advice.DONE, world.observe(movement).advice());
        }
    }

    @Test
    void it_has_failed_only_when_no_block_can_take_it() throws IOException {
        try (World world = new World("exact")) {
            Movement movement = world.prepared(world.pay(world.offer(500)));
            world.time.pass(Duration.ofSeconds(61));
            assertInstanceOf(Outcome.Open.class, outcome(world, movement), "the final block is not past the time");
            world.time.passBlocks(Ledger.DEPTH);
            assertEquals(new Outcome.Failed(Rules.EXPIRED), outcome(world, movement));
            world.submit(movement);
            world.time.passBlocks(3);
            assertEquals(0, world.balance(world.payee));
        }
    }

    @Test
    void a_payment_that_became_worthless_is_declined_before_it_is_signed() throws IOException {
        try (World world = new World("exact")) {
            Payment payment = world.pay(world.offer(World.FUNDS + 1));
            Movement movement =
                    new Movement(1, List.of(payment), List.of(new Attempt(0, Optional.empty(), Optional.empty())));
            Declined declined =
                    assertInstanceOf(Declined.class, world.facilitator().prepare(movement, world.by()));
            assertInstanceOf(
                    Verification.Invalid.class,
                    declined.why().values().iterator().next());
        }
    }

    @Test
    void a_metered_payment_settles_for_less_than_was_offered() throws IOException {
        try (World world = new World("metered")) {
            Payment admitted = world.pay(world.offer(500));
            Payment charged =
                    world.seller().settlement(admitted, Phase.CHARGE, AtomicAmount.of(120));
            assertInstanceOf(Verification.Valid.class, world.facilitator().verify(charged, world.by()));
            Movement movement = world.prepared(charged);
            world.submit(movement);
            world.time.passBlocks(3);
            assertEquals(AtomicAmount.of(120), landed(world, movement).receipt().amount());
            assertEquals(World.FUNDS - 120, world.balance(world.payer));
        }
    }

    @Test
    void a_metered_payment_never_settles_for_more() throws IOException {
        try (World world = new World("metered")) {
            Payment admitted = world.pay(world.offer(500));
            Payment more = Payment.of(
                    admitted.payload(), admitted.requirements().withAmount(AtomicAmount.of(501)));
            Verification.Invalid invalid = assertInstanceOf(
                    Verification.Invalid.class, world.facilitator().verify(more, world.by()));
            assertEquals(
                    "payload.authorization.amount: expected at least 501, saw 500", invalid.message());
        }
    }

    @Test
    void nobody_but_the_named_facilitator_charges_a_metered_payment() throws IOException {
        try (World world = new World("metered")) {
            Payment payment = world.pay(world.offer(500));
            Transfer stranger =
                    Transfer.sign(SignedAuthorization.of(payment), AtomicAmount.of(500), world.payee);
            assertEquals("another sender", world.ledger.take(stranger.toBytes()));
        }
    }

    private static Outcome outcome(World world, Movement movement) {
        return world.observe(movement).outcomes().get(0);
    }

    private static Outcome.Landed landed(World world, Movement movement) {
        return assertInstanceOf(Outcome.Landed.class, outcome(world, movement));
    }
}
