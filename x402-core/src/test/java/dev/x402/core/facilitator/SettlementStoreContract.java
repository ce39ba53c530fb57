package dev.x402.core.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Bytes;
import dev.x402.spi.Lane;
import dev.x402.spi.Lease;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentRow;
import dev.x402.spi.PaymentRow.State;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Slot;
import dev.x402.spi.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every settlement store promises; a store's own test extends it. */
abstract class SettlementStoreContract {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Lane A = new Lane(CounterRail.NETWORK, "a");
    private static final Lane B = new Lane(CounterRail.NETWORK, "b");
    private static final Map<Lane, Long> ONE = Map.of(A, 0L);
    private static final Map<Lane, Long> TWO = Map.of(A, 0L, B, 0L);
    private static final Settlement.Rejected POOR = new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "balance 0");

    final ManualTime time = new ManualTime();
    final SettlementStore store = store(time);

    /** An empty store on this clock. */
    abstract SettlementStore store(Clock clock);

    @Test
    void finds_nothing_that_was_never_claimed() {
        assertEquals(Optional.empty(), store.find(key("a"), "binding"));
    }

    @Test
    void claims_a_payment_as_queued() {
        PaymentRow row = claim("a");

        assertEquals(State.QUEUED, row.state());
        assertEquals(Optional.of(row), store.find(key("a"), "binding"));
        assertEquals(List.of(row), store.queued(10));
    }

    @Test
    void answers_a_second_claim_with_the_first() {
        PaymentRow first = claim("a");

        assertEquals(first, store.claim(key("a"), CounterRail.payment("a", "thief", 9), "other"));
    }

    @Test
    void lets_one_of_many_claims_win() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> claims = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(
                            i -> () -> store.claim(key("a"), CounterRail.payment("a"), "binding" + i)
                                    .binding())
                    .toList();
            String winner =
                    store.claim(key("a"), CounterRail.payment("a"), "binding").binding();
            for (var claim : threads.invokeAll(claims)) {
                assertEquals(winner, claim.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void leaves_a_tombstone_under_key_and_binding() {
        PaymentRow tombstone = store.reject(key("a"), CounterRail.payment("a"), "binding", POOR);

        assertEquals(State.FAILED, tombstone.state());
        assertEquals(Optional.of(POOR), tombstone.last());
        assertEquals(tombstone, claim("a"));
        assertEquals(Optional.of(tombstone), store.find(key("a"), "binding"));
        assertEquals(Optional.empty(), store.find(key("a"), "other"));
        assertEquals(
                State.QUEUED,
                store.claim(key("a"), CounterRail.payment("a"), "other").state());
    }

    @Test
    void keeps_the_first_tombstone() {
        store.reject(key("a"), CounterRail.payment("a"), "binding", POOR);
        Settlement.Rejected later = new Settlement.Rejected(ErrorCode.INVALID_PAYLOAD, "later");

        assertEquals(
                Optional.of(POOR),
                store.reject(key("a"), CounterRail.payment("a"), "binding", later)
                        .last());
    }

    @Test
    void lets_a_row_of_the_same_binding_win_over_a_rejection() {
        PaymentRow row = claim("a");

        assertEquals(row, store.reject(key("a"), CounterRail.payment("a"), "binding", POOR));
        assertEquals(
                State.FAILED,
                store.reject(key("a"), CounterRail.payment("a"), "other", POOR).state());
        assertEquals(Optional.of(row), store.find(key("a"), "binding"));
    }

    @Test
    void opens_a_movement_with_an_unsigned_attempt_and_its_slot() {
        Lease lease = open("a", ONE);

        assertEquals(
                List.of(new Attempt(0, Optional.of(new Slot(A, 0)), Optional.empty())),
                lease.movement().attempts());
        assertEquals(List.of(CounterRail.payment("a")), lease.movement().payments());
        assertEquals(time.instant().plus(TTL), lease.until());
        assertEquals(State.MOVING, state("a"));
        assertEquals(List.of(), store.queued(10));
    }

    @Test
    void opens_all_or_nothing() {
        claim("a");
        claim("b");
        open(List.of("a"), ONE);

        assertEquals(Optional.empty(), store.open(List.of(key("b"), key("a")), ONE, "one", TTL));
        assertEquals(State.QUEUED, state("b"));
    }

    @Test
    void opens_without_a_slot_where_the_rail_has_no_lanes() {
        assertEquals(Optional.empty(), open("a", Map.of()).movement().last().slot());
    }

    @Test
    void takes_the_least_loaded_lane() {
        assertNotEquals(lane(open("a", TWO)), lane(open("b", TWO)));
    }

    @Test
    void starts_where_the_rail_stands() {
        assertEquals(7, sequence(open("a", Map.of(A, 7L))));
        assertEquals(8, sequence(open("b", Map.of(A, 7L))));
        assertEquals(12, sequence(open("c", Map.of(A, 12L))));
    }

    @Test
    void leases_a_movement_to_one_worker() {
        Lease lease = open("a", ONE);
        long id = lease.movement().id();

        assertEquals(Optional.empty(), store.lease(id, "two", TTL));
        assertEquals(List.of(), store.due(10));
        time.pause(TTL);
        assertEquals(List.of(id), store.due(10));
        assertTrue(store.lease(id, "two", TTL).orElseThrow().fence() > lease.fence());
    }

    @Test
    void is_due_again_when_it_was_said() {
        Lease lease = open("a", ONE);
        store.release(lease, Duration.ofSeconds(3));

        assertEquals(List.of(), store.due(10));
        assertEquals(Optional.empty(), store.lease(lease.movement().id(), "two", TTL));
        assertEquals(Duration.ofSeconds(3), store.rest(lease.movement().id()));
        time.pause(Duration.ofSeconds(3));
        assertEquals(List.of(lease.movement().id()), store.due(10));
        assertEquals(Duration.ZERO, store.rest(lease.movement().id()));
    }

    @Test
    void refuses_every_write_of_a_lost_lease() {
        Lease lost = open("a", ONE);
        time.pause(TTL);
        Lease held = store.lease(lost.movement().id(), "two", TTL).orElseThrow();

        assertFalse(store.sign(lost, 0, signed("tx")));
        assertFalse(store.decline(lost, Map.of(key("a"), POOR)));
        assertTrue(store.sign(held, 0, signed("tx")));
        assertEquals(Optional.empty(), store.renew(lost, ONE));
        assertFalse(store.record(lost, sighting(Advice.DONE, landed(Stage.FINAL))));
        store.release(lost, Duration.ZERO);
        assertEquals(List.of(), store.due(10));
        assertEquals(State.MOVING, state("a"));
    }

    @Test
    void signs_the_unsigned_attempt_and_names_it() {
        Lease lease = open("a", ONE);

        assertTrue(store.sign(lease, 0, signed("tx")));
        assertEquals(
                Optional.of(new Settlement.Pending(Optional.of("tx"), true, Duration.ZERO)),
                store.find(key("a"), "binding").orElseThrow().last());
        assertEquals(Optional.of(signed("tx")), again(lease).movement().last().signed());
    }

    @Test
    void signs_a_replacement_in_the_same_slot() {
        Lease lease = open("a", ONE);
        store.sign(lease, 0, signed("tx0"));

        assertTrue(store.sign(lease, 1, signed("tx1")));
        assertEquals(
                List.of(
                        new Attempt(0, Optional.of(new Slot(A, 0)), Optional.of(signed("tx0"))),
                        new Attempt(1, Optional.of(new Slot(A, 0)), Optional.of(signed("tx1")))),
                again(lease).movement().attempts());
    }

    @Test
    void signs_no_other_attempt() {
        Lease lease = open("a", ONE);

        assertFalse(store.sign(lease, 1, signed("tx")));
        assertTrue(store.sign(lease, 0, signed("tx")));
        assertFalse(store.sign(lease, 0, signed("other")));
        assertFalse(store.sign(lease, 2, signed("other")));
    }

    @Test
    void renews_with_a_new_slot() {
        Lease lease = open("a", ONE);
        store.sign(lease, 0, signed("tx0"));
        Movement renewed = store.renew(lease, Map.of(A, 5L)).orElseThrow();

        assertEquals(new Attempt(1, Optional.of(new Slot(A, 5)), Optional.empty()), renewed.last());
        assertEquals(Optional.empty(), store.renew(lease, ONE));
        assertFalse(store.decline(lease, Map.of()));
    }

    @Test
    void declines_what_was_never_signed() {
        claim("a");
        claim("b");
        Lease lease = open(List.of("a", "b"), ONE);

        assertTrue(store.decline(lease, Map.of(key("a"), POOR)));
        assertEquals(State.FAILED, state("a"));
        assertEquals(
                Optional.of(POOR), store.find(key("a"), "binding").orElseThrow().last());
        assertEquals(State.QUEUED, state("b"));
        assertEquals(0, sequence(open(List.of("b"), ONE)));
    }

    @Test
    void declines_nothing_that_was_signed() {
        Lease lease = open("a", ONE);
        store.sign(lease, 0, signed("tx"));

        assertFalse(store.decline(lease, Map.of(key("a"), POOR)));
        assertEquals(State.MOVING, state("a"));
    }

    @Test
    void fills_a_gap_below_a_slot_in_use() {
        Lease lower = open("a", ONE);
        open("b", ONE);
        assertEquals(Optional.empty(), store.fillGap("one", TTL));
        store.decline(lower, Map.of(key("a"), POOR));

        Movement gap = store.fillGap("one", TTL).orElseThrow().movement();
        assertEquals(List.of(), gap.payments());
        assertEquals(Optional.of(new Slot(A, 0)), gap.last().slot());
        assertEquals(Optional.empty(), store.fillGap("one", TTL));
    }

    @Test
    void fills_no_gap_above_every_slot_in_use() {
        open("a", ONE);
        store.decline(open("b", ONE), Map.of(key("b"), POOR));

        assertEquals(Optional.empty(), store.fillGap("one", TTL));
    }

    @Test
    void forgets_free_slots_that_the_rail_has_passed() {
        store.decline(open("a", ONE), Map.of(key("a"), POOR));

        assertEquals(3, sequence(open("b", Map.of(A, 3L))));
    }

    @Test
    void records_how_a_payment_lands() {
        Lease lease = signedLease("a");

        record(lease, Advice.WAIT, landed(Stage.SEEN));
        assertEquals(State.LANDED, state("a"));
        record(lease, Advice.WAIT, landed(Stage.SETTLED));
        assertEquals(
                Optional.of(settled(Stage.SETTLED)),
                store.find(key("a"), "binding").orElseThrow().last());
        record(lease, Advice.DONE, landed(Stage.FINAL));
        assertEquals(State.FINAL, state("a"));
        assertEquals(
                List.of(settled(Stage.SEEN), settled(Stage.SETTLED), settled(Stage.FINAL)),
                store.events(10).stream().map(SettlementEvent::now).toList());
    }

    @Test
    void takes_back_what_was_merely_seen() {
        Lease lease = signedLease("a");
        record(lease, Advice.WAIT, landed(Stage.SEEN));
        record(lease, Advice.RESEND, new Outcome.Open());

        assertEquals(State.MOVING, state("a"));
        assertEquals(
                Optional.of(new Settlement.Pending(Optional.of("tx a"), true, Duration.ZERO)),
                store.find(key("a"), "binding").orElseThrow().last());
    }

    @Test
    void never_takes_back_what_is_settled() {
        Lease lease = signedLease("a");
        record(lease, Advice.WAIT, landed(Stage.SETTLED));
        for (Outcome back :
                List.of(new Outcome.Open(), landed(Stage.SEEN), new Outcome.Failed(ErrorCode.INVALID_PAYLOAD))) {
            record(lease, Advice.WAIT, back);
            assertEquals(
                    Optional.of(settled(Stage.SETTLED)),
                    store.find(key("a"), "binding").orElseThrow().last());
        }
    }

    @Test
    void fails_a_payment_for_good() {
        Lease lease = signedLease("a");
        record(lease, Advice.WAIT, new Outcome.Failed(ErrorCode.INVALID_TRANSACTION_STATE));
        record(lease, Advice.WAIT, landed(Stage.SETTLED));

        assertEquals(State.FAILED, state("a"));
        assertEquals(1, store.events(10).size());
    }

    @Test
    void reverses_a_landed_payment_for_good() {
        Lease lease = signedLease("a");
        record(lease, Advice.WAIT, landed(Stage.SETTLED));
        record(lease, Advice.WAIT, reversed());
        record(lease, Advice.WAIT, landed(Stage.FINAL));

        assertEquals(State.REVERSED, state("a"));
    }

    @Test
    void tells_of_the_landing_of_what_was_reversed_unseen() {
        record(signedLease("a"), Advice.DONE, reversed());

        assertEquals(
                List.of(settled(Stage.SETTLED), new Settlement.Reversed(receipt(), new ErrorCode("returned"))),
                store.events(10).stream().map(SettlementEvent::now).toList());
    }

    @Test
    void closes_on_done_only() {
        Lease lease = signedLease("a");
        record(lease, Advice.WAIT, landed(Stage.FINAL));
        time.pause(TTL);
        assertEquals(List.of(lease.movement().id()), store.due(10));

        record(lease, Advice.DONE, landed(Stage.FINAL));
        assertEquals(List.of(), store.due(10));
        assertEquals(Optional.empty(), store.lease(lease.movement().id(), "two", TTL));
    }

    @Test
    void refuses_to_close_with_a_living_payment() {
        Lease lease = signedLease("a");

        assertEquals(
                "advice for movement " + lease.movement().id()
                        + ": expected DONE only when every payment is final, failed or reversed, saw one that is LANDED",
                assertThrows(IllegalArgumentException.class, () -> record(lease, Advice.DONE, landed(Stage.SETTLED)))
                        .getMessage());
        assertEquals(State.MOVING, state("a"));
    }

    @Test
    void refuses_outcomes_that_are_not_one_for_each_payment() {
        Lease lease = signedLease("a");

        assertEquals(
                "outcomes of movement " + lease.movement().id() + ": expected one for each of 1 payments, saw 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> store.record(lease, new Sighting(Advice.WAIT, Duration.ZERO, List.of())))
                        .getMessage());
    }

    @Test
    void goes_on_with_the_next_slot_when_a_movement_is_done() {
        record(signedLease("a"), Advice.DONE, landed(Stage.FINAL));

        assertEquals(1, sequence(open("b", ONE)));
    }

    @Test
    void keeps_events_until_they_are_delivered() {
        record(signedLease("a"), Advice.DONE, landed(Stage.FINAL));
        SettlementEvent event = store.events(10).get(0);

        assertEquals(key("a"), event.key());
        assertEquals(time.instant(), event.at());
        store.delivered(List.of(event.id()));
        store.delivered(List.of(event.id()));
        assertEquals(List.of(), store.events(10));
    }

    @Test
    void lists_the_longest_due_first() {
        Lease a = open("a", ONE);
        Lease b = open("b", ONE);
        store.release(a, Duration.ofSeconds(2));
        store.release(b, Duration.ofSeconds(1));
        time.pause(Duration.ofSeconds(3));

        assertEquals(List.of(b.movement().id(), a.movement().id()), store.due(10));
        assertEquals(List.of(b.movement().id()), store.due(1));
    }

    final PaymentRow claim(String nonce) {
        return store.claim(key(nonce), CounterRail.payment(nonce), "binding");
    }

    static PaymentKey key(String nonce) {
        return CounterRail.keyOf(CounterRail.payment(nonce));
    }

    private Lease open(String nonce, Map<Lane, Long> lanes) {
        claim(nonce);
        return open(List.of(nonce), lanes);
    }

    private Lease open(List<String> nonces, Map<Lane, Long> lanes) {
        return store.open(nonces.stream().map(SettlementStoreContract::key).toList(), lanes, "one", TTL)
                .orElseThrow();
    }

    final Lease signedLease(String nonce) {
        Lease lease = open(nonce, ONE);
        assertTrue(store.sign(lease, 0, signed("tx " + nonce)));
        return lease;
    }

    private Lease again(Lease lease) {
        time.pause(TTL);
        return store.lease(lease.movement().id(), "two", TTL).orElseThrow();
    }

    final void record(Lease lease, Advice advice, Outcome outcome) {
        assertTrue(store.record(lease, sighting(advice, outcome)));
    }

    private static Sighting sighting(Advice advice, Outcome outcome) {
        return new Sighting(advice, Duration.ZERO, List.of(outcome));
    }

    private State state(String nonce) {
        return store.find(key(nonce), "binding").orElseThrow().state();
    }

    private static long sequence(Lease lease) {
        return lease.movement().last().slot().orElseThrow().sequence();
    }

    private static Lane lane(Lease lease) {
        return lease.movement().last().slot().orElseThrow().lane();
    }

    private static Signed signed(String reference) {
        return new Signed(reference, 1, Bytes.of(new byte[] {1}));
    }

    private static Receipt receipt() {
        return new Receipt("tx", "payer", AtomicAmount.of(5), Json.Obj.EMPTY);
    }

    static Outcome landed(Stage stage) {
        return new Outcome.Landed(receipt(), stage);
    }

    private static Outcome reversed() {
        return new Outcome.Reversed(receipt(), new ErrorCode("returned"));
    }

    private static Settlement settled(Stage stage) {
        return new Settlement.Settled(receipt(), stage);
    }
}
