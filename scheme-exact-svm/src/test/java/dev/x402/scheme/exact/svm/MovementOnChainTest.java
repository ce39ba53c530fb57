package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmFault;
import dev.x402.testbed.svm.SvmNodeExtension;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a look at the cluster tells of a movement, in every way that one can go. */
class MovementOnChainTest {
    private static final int EXPIRED_AND_FINAL = 150 + 1 + 32;

    @RegisterExtension
    static final SvmNodeExtension NODE = new SvmNodeExtension();

    BentRpc rpc;
    World world = new World(NODE.node(), policy -> policy, straight -> rpc = new BentRpc(straight, 2));

    @BeforeEach
    void slots() {
        world.chain.slotsByHand();
        world.chain.advance(2);
    }

    @AfterEach
    void stop() {
        world.chain.mend();
        world.close();
    }

    @Test
    void a_transaction_that_waits_is_waited_for_and_then_sent_again() {
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        Sighting early = trip.observe();
        world.clock.advance(Duration.ofSeconds(2));
        Sighting late = trip.observe();
        assertEquals(List.of(Advice.WAIT, Advice.RESEND), advice(early, late));
        assertEquals(List.of(new Outcome.Open()), late.outcomes());
    }

    @Test
    void a_processed_transfer_is_open_a_confirmed_one_seen_and_a_finalized_one_final() {
        World.Trip trip = world.trip(world.pay(10));
        String reference = trip.send();
        world.chain.advance();
        Sighting processed = trip.observe();
        world.chain.advance();
        Sighting confirmed = trip.observe();
        world.chain.advance(31);
        Sighting last = trip.observe();
        assertEquals(List.of(Advice.WAIT, Advice.WAIT, Advice.DONE), advice(processed, confirmed, last));
        assertEquals(new Outcome.Open(), processed.outcomes().get(0));
        assertEquals(List.of(Stage.SEEN, Stage.FINAL), List.of(stage(confirmed), stage(last)));
        assertEquals(reference, landed(last).receipt().reference());
        assertEquals(SvmAccounts.payer().address(), landed(last).receipt().payer());
    }

    @Test
    void a_fork_opens_the_payment_again_and_the_same_bytes_land() {
        world.chain.advance(5);
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        world.chain.advance(2);
        Sighting seen = trip.observe();
        world.chain.fork(2);
        world.clock.advance(Duration.ofSeconds(2));
        Sighting gone = trip.observe();
        trip.submit();
        world.chain.advance(33);
        assertEquals(Stage.SEEN, stage(seen));
        assertEquals(new Outcome.Open(), gone.outcomes().get(0));
        assertEquals(Advice.RESEND, gone.advice());
        assertEquals(Stage.FINAL, stage(trip.observe()));
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void an_error_is_a_failure_once_it_is_finalized() {
        World.Trip trip = world.trip(world.pay(10));
        trip.sign();
        world.dollar.setBalance(SvmAccounts.payer().address(), BigInteger.ONE);
        trip.submit();
        world.chain.advance(3);
        Sighting confirmed = trip.observe();
        world.chain.advance(30);
        Sighting last = trip.observe();
        assertEquals(new Sighting(Advice.WAIT, confirmed.again(), List.of(new Outcome.Open())), confirmed);
        assertEquals(new Sighting(Advice.DONE, Duration.ZERO, List.of(new Outcome.Failed(Codes.TRANSACTION))), last);
    }

    @Test
    void what_never_landed_fails_when_its_blockhash_ended_before_a_finalized_slot() {
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        world.chain.dropAll();
        world.chain.advance(151);
        Sighting ended = trip.observe();
        world.chain.advance(32);
        Sighting last = trip.observe();
        assertEquals(new Outcome.Open(), ended.outcomes().get(0));
        assertEquals(new Sighting(Advice.DONE, Duration.ZERO, List.of(new Outcome.Failed(Codes.BLOCKHASH))), last);
    }

    @Test
    void what_landed_at_the_last_moment_is_found_when_its_blockhash_ended() {
        World.Trip trip = world.trip(world.pay(10));
        String reference = trip.send();
        world.chain.holdTransactions();
        world.chain.advance(147);
        world.chain.releaseTransactions();
        world.chain.advance(40);
        assertEquals(reference, landed(trip.observe()).receipt().reference());
    }

    @Test
    void a_node_that_lags_proves_no_failure() {
        World.Trip trip = expired();
        world.chain.lagBehind(100);
        assertEquals(List.of(new Outcome.Open()), trip.observe().outcomes());
    }

    @Test
    void a_node_without_the_blocks_since_the_signature_proves_no_failure() {
        World.Trip trip = expired();
        rpc.nodes.get(0).says("getFirstAvailableBlock", Json.Num.of(world.chain.slot()));
        rpc.nodes.get(1).down = true;
        Sighting sighting = trip.observe();
        assertEquals(new Sighting(Advice.WAIT, Duration.ofSeconds(2), List.of(new Outcome.Open())), sighting);
    }

    @Test
    void a_node_without_history_proves_nothing() {
        World.Trip trip = expired();
        rpc.nodes.forEach(node ->
                node.refuses("getSignatureStatuses", -32_011, "Transaction history is not available from this node"));
        assertThrows(RailUnavailableException.class, trip::observe);
    }

    @Test
    void a_status_that_is_older_than_the_height_proves_no_failure() {
        World.Trip trip = expired();
        rpc.nodes.get(1).down = true;
        rpc.nodes
                .get(0)
                .says(
                        "getSignatureStatuses",
                        Json.Obj.EMPTY
                                .with("context", Json.Obj.EMPTY.with("slot", Json.Num.of(world.chain.slot() - 100)))
                                .with("value", new Json.Arr(List.of(Json.Null.NULL))));
        assertEquals(List.of(new Outcome.Open()), trip.observe().outcomes());
    }

    @Test
    void what_one_node_denies_has_not_failed_while_another_knows_it() {
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        world.chain.advance(EXPIRED_AND_FINAL);
        BentRpc.Bent liar = rpc.nodes.get(0);
        liar.says("getSignatureStatuses", nothing());
        Sighting doubted = trip.observe();
        liar.honest();
        assertEquals(List.of(new Outcome.Open()), doubted.outcomes());
        assertEquals(Stage.FINAL, stage(trip.observe()));
    }

    @Test
    void one_node_that_is_down_does_not_keep_a_failure_from_being_proven() {
        World.Trip trip = expired();
        rpc.nodes.get(0).down = true;
        assertEquals(
                List.of(new Outcome.Failed(Codes.BLOCKHASH)), trip.observe().outcomes());
    }

    @Test
    void a_failure_is_proven_by_the_height_first_and_then_the_status_of_one_node() {
        World.Trip trip = expired();
        rpc.nodes.get(1).down = true;
        BentRpc.Bent asked = rpc.nodes.get(0);
        int before = asked.asked.size();
        trip.observe();
        assertEquals(
                List.of(
                        List.of("getBlockHeight", "getSignatureStatuses"),
                        List.of("getEpochInfo", "getFirstAvailableBlock"),
                        List.of("getSignatureStatuses")),
                asked.asked.subList(before, asked.asked.size()));
    }

    @Test
    void nonsense_of_a_node_is_no_answer() {
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        rpc.nodes.get(1).down = true;
        for (Json nonsense : List.of(
                Json.Null.NULL,
                Json.of("yes"),
                Json.Obj.EMPTY,
                Json.Obj.EMPTY.with("value", new Json.Arr(List.of())),
                Json.Obj.EMPTY.with("value", new Json.Arr(List.of(Json.of("landed")))),
                Json.Obj.EMPTY.with(
                        "value", new Json.Arr(List.of(Json.Obj.EMPTY.with("confirmationStatus", "finalized")))),
                Json.Obj.EMPTY.with(
                        "value",
                        new Json.Arr(List.of(Json.Obj.EMPTY
                                .with("err", Json.Null.NULL)
                                .with("confirmationStatus", "certainly")))))) {
            rpc.nodes.get(0).says("getSignatureStatuses", nonsense);
            assertThrows(RailUnavailableException.class, trip::observe, nonsense.toString());
        }
    }

    @Test
    void a_node_that_cannot_be_asked_proves_nothing() {
        World.Trip trip = world.trip(world.pay(10));
        trip.sign();
        world.chain.fail("*", SvmFault.LOST_REQUEST, 100);
        assertThrows(RailUnavailableException.class, trip::submit);
        assertThrows(RailUnavailableException.class, trip::observe);
        assertThrows(
                RailUnavailableException.class,
                () -> world.facilitator.prepare(
                        world.trip(trip.movement.payments().get(0)).movement, world.by()));
        world.chain.mend();
        trip.submit();
        world.chain.advance(33);
        assertEquals(Stage.FINAL, stage(trip.observe()));
    }

    @Test
    void a_killed_node_that_comes_back_goes_on() {
        World.Trip trip = world.trip(world.pay(10));
        trip.sign();
        NODE.node().kill();
        assertThrows(RailUnavailableException.class, trip::submit);
        NODE.node().restart();
        assertInstanceOf(Outcome.Open.class, trip.observe().outcomes().get(0));
    }

    @Test
    void sending_the_same_bytes_twice_is_no_error_and_pays_once() {
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        trip.submit();
        world.chain.advance();
        trip.submit();
        world.chain.advance(2);
        assertEquals(Stage.SEEN, stage(trip.observe()));
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void whoever_signs_again_signs_the_same_bytes() {
        Payment payment = world.pay(10);
        Signed first = world.trip(payment).sign();
        world.chain.advance(5);
        Signed second = world.trip(payment).sign();
        assertEquals(first.reference(), second.reference());
        assertEquals(
                SignedTransfer.read(first).raw(), SignedTransfer.read(second).raw());
    }

    @Test
    void an_attempt_more_is_the_same_attempt() {
        World.Trip trip = world.trip(world.pay(10));
        Signed first = trip.sign();
        world.dollar.setBalance(SvmAccounts.payer().address(), BigInteger.ZERO);
        Movement more = new Movement(
                1,
                trip.movement.payments(),
                List.of(trip.movement.last(), new Attempt(1, Optional.empty(), Optional.empty())));
        assertEquals(first, world.facilitator.prepare(more, world.by()));
    }

    @Test
    void what_our_other_replica_landed_is_signed_again_and_found() {
        Payment payment = world.pay(10);
        String reference = world.trip(payment).send();
        world.chain.advance(2);
        World.Trip second = world.trip(payment);
        assertEquals(reference, second.send());
        assertEquals(Stage.SEEN, stage(second.observe()));
        assertEquals(BigInteger.TEN, world.paid());
    }

    @Test
    void a_payment_that_lost_its_funds_is_declined_before_signing() {
        World.Trip trip = world.trip(world.pay(10));
        world.dollar.setBalance(SvmAccounts.payer().address(), BigInteger.valueOf(9));
        assertEquals(
                new Verification.Invalid(
                        ErrorCode.INSUFFICIENT_FUNDS, "payer's balance: expected at least 10, saw 9", true),
                declined(trip));
    }

    @Test
    void a_payment_that_expired_is_declined_before_signing() {
        World.Trip trip = world.trip(world.pay(10));
        world.chain.advance(151);
        assertEquals(
                new Verification.Invalid(
                        Codes.BLOCKHASH,
                        "payload.transaction: expected a recent blockhash, saw one that is not known",
                        true),
                declined(trip));
    }

    @Test
    void nothing_is_signed_while_the_fee_payer_is_dry() {
        World.Trip trip = world.trip(world.pay(10));
        world.chain.setBalance(SvmAccounts.feePayer().address(), BigInteger.valueOf(9_999));
        assertEquals(
                new Verification.Unavailable(
                        "the fee payer " + SvmAccounts.feePayer()
                                + " has 9999 lamports, too little for the fee; fund it",
                        Duration.ofSeconds(5)),
                declined(trip));
    }

    @Test
    void nobody_is_shown_our_signature_before_it_is_written_down() {
        Payment payment = world.pay(10);
        world.verify(payment);
        world.trip(payment).sign();
        world.chain.advance(3);
        assertEquals(BigInteger.ZERO, world.paid());
        assertEquals(
                List.of(),
                rpc.nodes.stream()
                        .flatMap(node -> node.asked.stream())
                        .filter(batch -> batch.contains(Calls.SEND))
                        .toList());
    }

    @Test
    void bytes_of_a_newer_format_are_not_guessed_at() {
        World.Trip trip = world.trip(world.pay(10));
        Signed signed = trip.sign();
        trip.movement = new Movement(
                1,
                trip.movement.payments(),
                List.of(trip.movement.last().with(new Signed(signed.reference(), 2, signed.bytes()))));
        IllegalArgumentException newer = assertThrows(IllegalArgumentException.class, trip::observe);
        assertEquals(
                "signed bytes of " + signed.reference() + ": expected format 1, saw 2; a newer version wrote them",
                newer.getMessage());
    }

    private World.Trip expired() {
        World.Trip trip = world.trip(world.pay(10));
        trip.send();
        world.chain.dropAll();
        world.chain.advance(EXPIRED_AND_FINAL);
        return trip;
    }

    private Json nothing() {
        return Json.Obj.EMPTY
                .with("context", Json.Obj.EMPTY.with("slot", Json.Num.of(world.chain.slot())))
                .with("value", new Json.Arr(List.of(Json.Null.NULL)));
    }

    private Verification declined(World.Trip trip) {
        Declined declined = assertInstanceOf(Declined.class, world.facilitator.prepare(trip.movement, world.by()));
        return declined.why().values().iterator().next();
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
