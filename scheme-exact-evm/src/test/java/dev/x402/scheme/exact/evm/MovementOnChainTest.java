package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.ErrorCode;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Lane;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Slot;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNodeExtension;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a look at the chain tells of a movement, in every way that one can go. */
class MovementOnChainTest {
    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    World world = new World(NODE.node(), policy -> policy.withConfirmations(3));

    @AfterEach
    void stop() {
        world.chain.setNextBaseFee(BigInteger.TEN.pow(9)); // going back to a snapshot does not bring the fee back
        world.close();
    }

    @Test
    void a_transaction_in_the_pool_is_waited_for() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        assertEquals(new Sighting(Advice.WAIT, Duration.ofMillis(50), List.of(new Outcome.Open())), trip.observe());
    }

    @Test
    void an_included_transfer_is_seen_and_then_final() {
        World.Trip trip = world.trip(world.pay(10));
        String hash = trip.send();
        world.chain.awaitReceipt(hash);
        Sighting seen = trip.observe();
        world.chain.mine(1);
        Sighting still = trip.observe();
        world.chain.mine(1);
        Sighting ended = trip.observe();
        assertEquals(List.of(Stage.SEEN, Stage.SEEN, Stage.FINAL), List.of(stage(seen), stage(still), stage(ended)));
        assertEquals(List.of(Advice.WAIT, Advice.WAIT, Advice.DONE), advice(seen, still, ended));
        assertEquals(hash, landed(ended).receipt().reference());
    }

    @Test
    void a_reorganisation_opens_the_payment_again_and_the_same_bytes_land() {
        World.Trip trip = world.trip(world.pay(10));
        world.chain.awaitReceipt(trip.send());
        Sighting seen = trip.observe();
        world.chain.reorganize(1);
        Sighting gone = trip.observe();
        trip.submit();
        world.chain.mine(3);
        Sighting back = trip.observe();
        assertEquals(Stage.SEEN, stage(seen));
        assertEquals(new Outcome.Open(), gone.outcomes().get(0));
        assertEquals(Advice.RESEND, gone.advice());
        assertEquals(Stage.FINAL, stage(back));
    }

    @Test
    void a_stranger_who_sends_the_authorization_settles_the_payment() {
        world.chain.mineByHand();
        Payment payment = world.pay(10);
        World.Trip trip = world.trip(payment);
        trip.sign();
        String theirs = world.frontRun(World.transfer(payment));
        world.chain.mine();
        trip.submit();
        world.chain.mine(3);
        Sighting sighting = trip.observe();
        assertEquals(theirs, landed(sighting).receipt().reference());
        assertEquals(Stage.FINAL, stage(sighting));
        assertEquals(Advice.DONE, sighting.advice());
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void a_nonce_that_the_payer_spent_on_himself_pays_nobody() {
        world.chain.mineByHand();
        Payment payment = world.pay(10);
        World.Trip trip = world.trip(payment);
        trip.sign();
        Authorization ours = World.transfer(payment).authorization();
        world.frontRun(World.signed(new Authorization(
                ours.from(), ours.from(), ours.value(), ours.validAfter(), ours.validBefore(), ours.nonce())));
        world.chain.mine();
        trip.submit();
        world.chain.mine();
        Sighting early = trip.observe();
        world.chain.mine(3);
        Sighting late = trip.observe();
        assertEquals(new Outcome.Open(), early.outcomes().get(0));
        assertEquals(new Outcome.Failed(Codes.NONCE_USED), late.outcomes().get(0));
        assertEquals(Advice.DONE, late.advice());
    }

    @Test
    void a_revert_is_no_failure_while_the_authorization_lives() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        trip.sign();
        world.emptyPurse();
        world.chain.mine();
        trip.submit();
        world.chain.mine(5);
        Sighting reverted = trip.observe();
        world.dollar.mint(DevAccounts.payer().address(), BigInteger.TEN);
        world.chain.mine(3);
        Sighting funded = trip.observe();
        assertEquals(new Outcome.Open(), reverted.outcomes().get(0));
        assertEquals(Advice.WAIT, reverted.advice());
        assertEquals(Advice.RENEW, funded.advice());
        trip.attempt(trip.nextSlot(0)).send();
        world.chain.mine(3);
        assertEquals(Stage.FINAL, stage(trip.observe()));
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void an_unused_authorization_fails_once_a_final_block_is_later_than_its_end() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(world.offer(10, 60)));
        trip.sign();
        world.emptyPurse();
        world.chain.mine();
        trip.submit();
        world.chain.mine();
        world.chain.advance(Duration.ofMinutes(2));
        Sighting early = trip.observe();
        world.chain.mine(3);
        Sighting late = trip.observe();
        assertEquals(new Outcome.Open(), early.outcomes().get(0));
        assertEquals(new Outcome.Failed(Codes.TRANSACTION), late.outcomes().get(0));
        assertEquals(Advice.DONE, late.advice());
    }

    @Test
    void an_expired_payment_keeps_its_slot_until_a_transfer_of_nothing_used_it() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(world.offer(10, 60)));
        String first = trip.send();
        world.chain.dropAll();
        world.chain.advance(Duration.ofMinutes(2));
        world.chain.mine(3);
        Sighting expired = trip.observe();
        world.clock.advance(Duration.ofMinutes(1));
        Sighting stalled = trip.observe();
        String second = trip.again().send();
        world.chain.mine(3);
        assertEquals(new Outcome.Failed(Codes.VALID_BEFORE), expired.outcomes().get(0));
        assertEquals(Advice.RESEND, expired.advice());
        assertEquals(Advice.REPLACE, stalled.advice());
        assertNotEquals(first, second);
        assertEquals(
                BigInteger.valueOf(21_000),
                world.chain.receipt(second).orElseThrow().gasUsed());
        assertEquals(Advice.DONE, trip.observe().advice());
    }

    @Test
    void a_stalled_transaction_is_replaced_in_its_slot_for_an_eighth_more() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        String first = trip.send();
        world.clock.advance(Duration.ofSeconds(16));
        Sighting stalled = trip.observe();
        SignedTransaction before =
                SignedTransaction.read(trip.movement.last().signed().orElseThrow());
        String second = trip.again().send();
        SignedTransaction after =
                SignedTransaction.read(trip.movement.last().signed().orElseThrow());
        assertEquals(Advice.REPLACE, stalled.advice());
        assertEquals(List.of(second), world.chain.mempool());
        assertNotEquals(first, second);
        assertTrue(after.fees()
                        .max()
                        .multiply(BigInteger.valueOf(8))
                        .compareTo(before.fees().max().multiply(BigInteger.valueOf(9)))
                >= 0);
        world.chain.mine(3);
        assertEquals(second, landed(trip.observe()).receipt().reference());
    }

    @Test
    void an_older_attempt_that_lands_is_found() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        String first = trip.send();
        world.clock.advance(Duration.ofSeconds(16));
        trip.again().sign();
        world.chain.mine(3);
        Sighting sighting = trip.observe();
        assertEquals(first, landed(sighting).receipt().reference());
        assertEquals(Advice.DONE, sighting.advice());
    }

    @Test
    void a_fee_below_the_base_fee_is_raised_without_waiting() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        world.chain.setNextBaseFee(BigInteger.TEN.pow(9).multiply(BigInteger.valueOf(9)));
        world.chain.mine();
        assertEquals(Advice.REPLACE, trip.observe().advice());
    }

    @Test
    void a_fee_is_not_raised_over_the_limit() {
        world.close();
        world = new World(
                NODE.node(),
                policy -> policy.withFees(world.chain.baseFee().add(BigInteger.valueOf(1)), BigInteger.ONE));
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        world.clock.advance(Duration.ofSeconds(16));
        assertEquals(Advice.WAIT, trip.observe().advice());
        RailUnavailableException refused =
                assertThrows(RailUnavailableException.class, () -> trip.again().sign());
        assertTrue(refused.getMessage().contains("over the limit"), refused.getMessage());
    }

    @Test
    void a_dropped_transaction_is_sent_again() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        world.chain.dropAll();
        assertEquals(Advice.RESEND, trip.observe().advice());
    }

    @Test
    void sending_the_same_bytes_twice_is_no_error() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        trip.submit();
        world.chain.mine();
        trip.submit();
        assertEquals(Stage.SEEN, stage(trip.observe()));
    }

    @Test
    void a_slot_that_a_foreign_transaction_used_is_renewed_when_that_is_final() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        trip.sign();
        world.chain.sendUnsigned(DevAccounts.facilitator().address(), DevAccounts.STRANGER.address(), "0x");
        world.chain.mine();
        Sighting early = trip.observe();
        world.chain.mine(2);
        Sighting late = trip.observe();
        assertEquals(List.of(Advice.WAIT, Advice.RENEW), advice(early, late));
        assertEquals(new Outcome.Open(), late.outcomes().get(0));
    }

    @Test
    void a_gap_is_filled_by_a_transfer_of_nothing() {
        world.chain.mineByHand();
        World.Trip trip = world.gap();
        String hash = trip.send();
        world.chain.mine();
        Sighting early = trip.observe();
        world.chain.mine(2);
        assertEquals(new Sighting(Advice.WAIT, Duration.ofSeconds(1), List.of()), early);
        assertEquals(Advice.DONE, trip.observe().advice());
        assertEquals(
                DevAccounts.facilitator().address().toLowerCase(Locale.ROOT),
                world.chain.receipt(hash).orElseThrow().from().toLowerCase(Locale.ROOT));
    }

    @Test
    void a_transaction_behind_an_open_slot_is_not_replaced() {
        world.chain.mineByHand();
        World.Trip trip = world.trip(world.pay(10));
        Lane lane = new Lane(World.NETWORK, DevAccounts.facilitator().address());
        trip.movement = new Movement(
                1,
                trip.movement.payments(),
                List.of(new Attempt(
                        0, Optional.of(new Slot(lane, trip.nextSlot(1).sequence())), Optional.empty())));
        trip.send();
        world.clock.advance(Duration.ofMinutes(1));
        assertEquals(Advice.WAIT, trip.observe().advice());
    }

    @Test
    void a_payment_that_lost_its_funds_is_declined_before_signing() {
        Payment payment = world.pay(10);
        World.Trip trip = world.trip(payment);
        world.chain.awaitReceipt(world.emptyPurse());
        Declined declined = assertInstanceOf(Declined.class, world.facilitator.prepare(trip.movement, world.by()));
        assertEquals(
                List.of(new Verification.Invalid(
                        ErrorCode.INSUFFICIENT_FUNDS, "payer's balance: expected at least 10, saw 0", true)),
                List.copyOf(declined.why().values()));
    }

    @Test
    void a_payment_that_was_cancelled_is_declined_before_signing() {
        Payment payment = world.pay(10);
        Authorization ours = World.transfer(payment).authorization();
        World.Trip trip = world.trip(payment);
        world.chain.awaitReceipt(world.frontRun(World.signed(new Authorization(
                ours.from(), ours.from(), ours.value(), ours.validAfter(), ours.validBefore(), ours.nonce()))));
        Declined declined = assertInstanceOf(Declined.class, world.facilitator.prepare(trip.movement, world.by()));
        assertEquals(
                List.of(new Verification.Invalid(
                        Codes.NONCE_USED, "payload.authorization.nonce: used or cancelled before", true)),
                List.copyOf(declined.why().values()));
    }

    @Test
    void a_payment_that_a_stranger_sent_between_verification_and_signing_is_found_landed() {
        Payment payment = world.pay(10);
        World.Trip trip = world.trip(payment);
        String theirs = world.frontRun(World.transfer(payment));
        world.chain.awaitReceipt(theirs);
        world.chain.awaitReceipt(trip.send());
        world.chain.mine(3);
        Sighting sighting = trip.observe();
        assertEquals(theirs, landed(sighting).receipt().reference());
        assertEquals(Advice.DONE, sighting.advice());
    }

    @Test
    void nothing_is_signed_while_the_signer_cannot_pay_the_gas() {
        Payment payment = world.pay(10);
        World.Trip trip = world.trip(payment);
        world.chain.setBalance(DevAccounts.facilitator().address(), BigInteger.ONE);
        Declined declined = assertInstanceOf(Declined.class, world.facilitator.prepare(trip.movement, world.by()));
        assertEquals(
                List.of(new Verification.Unavailable(
                        "eip155:84532: the signer has 1 wei, too little for the gas; fund it", Duration.ofSeconds(5))),
                List.copyOf(declined.why().values()));
    }

    @Test
    void nothing_is_signed_while_gas_costs_more_than_the_limit() {
        world.close();
        world = new World(NODE.node(), policy -> policy.withFees(BigInteger.valueOf(5), BigInteger.ZERO));
        World.Trip trip = world.trip(world.pay(10));
        BigInteger base = world.chain.baseFee();
        Declined declined = assertInstanceOf(Declined.class, world.facilitator.prepare(trip.movement, world.by()));
        assertEquals(
                List.of(new Verification.Unavailable(
                        "eip155:84532: gas costs " + base + " wei, over the limit of 5; waiting for lower fees",
                        Duration.ofSeconds(5))),
                List.copyOf(declined.why().values()));
    }

    @Test
    void a_transfer_that_needs_more_gas_than_the_limit_is_declined() {
        world.close();
        world = new World(NODE.node(), policy -> policy.withGasCap(70_000));
        World.Trip trip = world.trip(world.pay(10));
        Declined declined = assertInstanceOf(Declined.class, world.facilitator.prepare(trip.movement, world.by()));
        Verification.Invalid why = assertInstanceOf(
                Verification.Invalid.class, declined.why().values().iterator().next());
        assertEquals(Codes.SIMULATION, why.code());
    }

    @Test
    void a_node_that_cannot_be_asked_proves_nothing() {
        World.Trip trip = world.trip(world.pay(10));
        trip.sign();
        NODE.node().kill();
        assertThrows(RailUnavailableException.class, trip::submit);
        assertThrows(RailUnavailableException.class, trip::observe);
        assertThrows(RailUnavailableException.class, () -> world.facilitator.prepare(trip.movement, world.by()));
        NODE.node().restart();
        trip.submit();
        world.chain.mine(3);
        assertEquals(Stage.FINAL, stage(trip.observe()));
    }

    @Test
    void bytes_of_a_newer_format_are_not_guessed_at() {
        World.Trip trip = world.trip(world.pay(10));
        Signed signed = trip.sign();
        trip.movement = new Movement(
                1,
                trip.movement.payments(),
                List.of(new Attempt(
                        0,
                        trip.movement.last().slot(),
                        Optional.of(new Signed(signed.reference(), 2, signed.bytes())))));
        IllegalArgumentException newer = assertThrows(IllegalArgumentException.class, trip::observe);
        assertEquals(
                "signed bytes of " + signed.reference() + ": expected format 1, saw 2; a newer version wrote them",
                newer.getMessage());
    }

    private static Outcome.Landed landed(Sighting sighting) {
        return assertInstanceOf(Outcome.Landed.class, sighting.outcomes().get(0));
    }

    private static Stage stage(Sighting sighting) {
        return landed(sighting).stage();
    }

    private static List<Advice> advice(Sighting... sightings) {
        return List.of(sightings).stream().map(Sighting::advice).toList();
    }
}
