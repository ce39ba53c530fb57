package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.market.Coin;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Bytes;
import dev.x402.spi.Claim;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of claims must do; a subclass names the store and owns its time. */
public abstract class ClaimStoreContract {
    private static final PaymentKey KEY = new PaymentKey("key");
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Charge CHARGE =
            Charge.of(KEY, "report", Payment.of(Coin.payment(Shop.OFFER, "1"), Shop.OFFER), Stage.SEEN);
    private static final Optional<Duration> THREE_SECONDS = Optional.of(Duration.ofSeconds(3));
    private static final Optional<Duration> OVER = Optional.empty();
    private static final Settlement REJECTED = new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "no gold");

    /** A contract whose store is the subclass's. */
    protected ClaimStoreContract() {}

    /** The one store of this test. */
    protected abstract ClaimStore store();

    /** Lets the store's time pass. */
    protected abstract void pass(Duration length);

    private Claim.Mine mine(String binding) {
        return assertInstanceOf(Claim.Mine.class, store().claim(KEY, binding, LEASE));
    }

    private Claim.Done done() {
        return assertInstanceOf(Claim.Done.class, store().claim(KEY, "a", LEASE));
    }

    private static Settlement.Settled settled(Stage stage) {
        return new Settlement.Settled(new Receipt("tx", "alice", AtomicAmount.of(1), Json.Obj.EMPTY), stage);
    }

    private static Settlement.Pending pending(boolean started) {
        return new Settlement.Pending(Optional.of("tx"), started, Duration.ofSeconds(3));
    }

    protected static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_first_claim_is_ours() {
        assertEquals(KEY, mine("a").key());
    }

    @Test
    void the_same_request_is_busy_while_the_first_works() {
        mine("a");
        assertInstanceOf(Claim.Busy.class, store().claim(KEY, "a", LEASE));
    }

    @Test
    void another_request_is_another_while_the_first_works() {
        mine("a");
        assertEquals(new Claim.Other(), store().claim(KEY, "b", LEASE));
    }

    @Test
    void the_same_request_is_done_with_the_response_of_the_first() {
        assertTrue(store().finish(mine("a"), bytes("response"), CHARGE));
        assertEquals(bytes("response"), done().response());
    }

    @Test
    void another_request_is_another_after_the_first_is_done() {
        store().finish(mine("a"), bytes("response"), CHARGE);
        assertEquals(new Claim.Other(), store().claim(KEY, "b", LEASE));
    }

    @Test
    void a_forgotten_claim_is_free_for_any_request() {
        store().forget(mine("a"));
        mine("b");
    }

    @Test
    void a_finished_claim_is_not_forgotten() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        store().forget(mine);
        assertEquals(bytes("response"), done().response());
    }

    @Test
    void finishing_again_is_true_and_keeps_the_first_response() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("first"), CHARGE);
        assertTrue(store().finish(mine, bytes("second"), CHARGE));
        assertEquals(bytes("first"), done().response());
    }

    @Test
    void a_claim_past_its_lease_is_taken_over_with_a_higher_fence() {
        Claim.Mine first = mine("a");
        pass(LEASE);
        assertTrue(mine("a").fence() > first.fence());
    }

    @Test
    void a_claim_is_not_taken_over_before_its_lease_is_over() {
        mine("a");
        pass(LEASE.minusMillis(1));
        assertInstanceOf(Claim.Busy.class, store().claim(KEY, "a", LEASE));
    }

    @Test
    void a_claim_that_was_taken_over_cannot_finish() {
        Claim.Mine first = mine("a");
        pass(LEASE);
        mine("a");
        assertFalse(store().finish(first, bytes("late"), CHARGE));
        assertInstanceOf(Claim.Busy.class, store().claim(KEY, "a", LEASE));
    }

    @Test
    void a_claim_that_was_taken_over_cannot_forget() {
        Claim.Mine first = mine("a");
        pass(LEASE);
        mine("a");
        store().forget(first);
        assertInstanceOf(Claim.Busy.class, store().claim(KEY, "a", LEASE));
    }

    @Test
    void a_done_claim_does_not_end_with_the_lease() {
        store().finish(mine("a"), bytes("response"), CHARGE);
        pass(LEASE);
        assertEquals(bytes("response"), done().response());
    }

    // Renewing

    @Test
    void a_renewed_claim_is_not_taken_over_until_its_new_lease_is_over() {
        Claim.Mine first = mine("a");
        pass(LEASE.minusMillis(1));
        assertTrue(store().renew(first, LEASE));
        pass(LEASE.minusMillis(1));
        assertInstanceOf(Claim.Busy.class, store().claim(KEY, "a", LEASE));
        pass(Duration.ofMillis(1));
        mine("a");
    }

    @Test
    void a_claim_that_was_taken_over_cannot_be_renewed() {
        Claim.Mine first = mine("a");
        pass(LEASE);
        mine("a");
        assertFalse(store().renew(first, LEASE));
    }

    @Test
    void a_done_claim_cannot_be_renewed() {
        Claim.Mine first = mine("a");
        store().finish(first, bytes("response"), CHARGE);
        assertFalse(store().renew(first, LEASE));
    }

    @Test
    void a_forgotten_claim_cannot_be_renewed() {
        Claim.Mine first = mine("a");
        store().ask(first, CHARGE);
        store().forget(first);
        assertFalse(store().renew(first, LEASE));
    }

    // Asking before the work

    @Test
    void an_asked_claim_that_is_given_up_stays_with_its_charge_for_the_same_request() {
        Claim.Mine first = mine("a");
        assertTrue(store().ask(first, CHARGE));
        store().forget(first);
        assertEquals(new Claim.Other(), store().claim(KEY, "b", LEASE));
        Claim.Mine second = mine("a");
        assertTrue(second.fence() > first.fence());
        assertEquals(Optional.of(CHARGE), second.charge());
    }

    @Test
    void an_asked_claim_past_its_lease_is_taken_over_with_its_charge() {
        store().ask(mine("a"), CHARGE);
        pass(LEASE);
        assertEquals(Optional.of(CHARGE), mine("a").charge());
    }

    @Test
    void an_asked_claim_is_taken_over_with_what_was_noted() {
        Claim.Mine first = mine("a");
        store().ask(first, CHARGE);
        assertTrue(store().note(first, settled(Stage.SETTLED), OVER, false));
        store().forget(first);
        assertEquals(Optional.of(CHARGE.with(settled(Stage.SETTLED))), mine("a").charge());
    }

    @Test
    void an_asked_claim_that_is_taken_over_is_busy_for_the_next() {
        Claim.Mine first = mine("a");
        store().ask(first, CHARGE);
        store().forget(first);
        mine("a");
        assertInstanceOf(Claim.Busy.class, store().claim(KEY, "a", LEASE));
    }

    @Test
    void a_rejected_claim_that_is_given_up_is_free_for_any_request() {
        Claim.Mine first = mine("a");
        store().ask(first, CHARGE);
        store().note(first, REJECTED, OVER, false);
        store().forget(first);
        assertEquals(Optional.empty(), mine("b").charge());
    }

    @Test
    void a_charge_that_was_never_sent_is_given_up_with_its_claim() {
        Claim.Mine first = mine("a");
        store().ask(first, CHARGE);
        store().note(first, pending(false), THREE_SECONDS, false);
        store().forget(first);
        assertEquals(Optional.empty(), mine("b").charge());
    }

    @Test
    void a_claim_that_was_taken_over_can_neither_ask_nor_note() {
        Claim.Mine first = mine("a");
        pass(LEASE);
        Claim.Mine second = mine("a");
        assertFalse(store().ask(first, CHARGE));
        store().ask(second, CHARGE);
        assertFalse(store().note(first, REJECTED, OVER, false));
        store().forget(second);
        assertEquals(Optional.of(CHARGE), mine("a").charge());
    }

    @Test
    void a_done_claim_cannot_ask() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        assertFalse(store().ask(mine, CHARGE));
    }

    // What is known of the money

    @Test
    void a_done_claim_tells_its_charge_and_what_was_noted() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        assertEquals(Optional.of(CHARGE), done().mine().charge());
        store().note(mine, pending(true), THREE_SECONDS, false);
        assertEquals(Optional.of(CHARGE.with(pending(true))), done().mine().charge());
        assertTrue(store().note(done().mine(), settled(Stage.SETTLED), OVER, true));
        assertEquals(
                Optional.of(CHARGE.with(settled(Stage.SETTLED))), done().mine().charge());
    }

    @Test
    void what_settled_is_not_forgotten_for_a_later_refusal() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        store().note(mine, settled(Stage.SETTLED), OVER, true);
        store().note(mine, REJECTED, OVER, true);
        assertEquals(
                Optional.of(CHARGE.with(settled(Stage.SETTLED))), done().mine().charge());
    }

    @Test
    void a_charge_is_due_when_its_worker_is_gone() {
        store().ask(mine("a"), CHARGE);
        assertEquals(List.of(), store().due(9));
        pass(LEASE);
        assertEquals(List.of(Optional.of(CHARGE)), charges(store().due(9)));
    }

    @Test
    void a_done_charge_of_which_nothing_was_noted_is_due_when_the_lease_would_be_over() {
        store().finish(mine("a"), bytes("response"), CHARGE);
        pass(LEASE.minusMillis(1));
        assertEquals(List.of(), store().due(9));
        pass(Duration.ofMillis(1));
        assertEquals(List.of(Optional.of(CHARGE)), charges(store().due(9)));
    }

    @Test
    void a_pending_charge_is_due_after_its_hint() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        store().note(mine, pending(true), THREE_SECONDS, false);
        pass(Duration.ofMillis(2_999));
        assertEquals(List.of(), store().due(9));
        pass(Duration.ofMillis(1));
        assertEquals(1, store().due(9).size());
        assertEquals(List.of(), store().due(0));
    }

    @Test
    void a_charge_that_is_worked_on_is_not_due() {
        Claim.Mine mine = mine("a");
        store().ask(mine, CHARGE);
        store().note(mine, pending(true), THREE_SECONDS, false);
        pass(Duration.ofSeconds(3));
        assertEquals(List.of(), store().due(9));
        store().forget(mine);
        assertEquals(1, store().due(9).size());
    }

    @Test
    void a_charge_whose_outcome_is_known_is_not_due() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        store().note(mine, settled(Stage.SETTLED), OVER, false);
        pass(LEASE);
        assertEquals(List.of(), store().due(9));
    }

    @Test
    void money_without_work_is_undelivered_until_the_work_is_done() {
        Claim.Mine first = mine("a");
        store().ask(first, CHARGE);
        store().note(first, settled(Stage.SETTLED), OVER, false);
        assertEquals(List.of(), store().undelivered(9));
        store().forget(first);
        assertEquals(List.of(CHARGE.with(settled(Stage.SETTLED))), store().undelivered(9));
        store().finish(mine("a"), bytes("response"), CHARGE);
        assertEquals(List.of(), store().undelivered(9));
    }

    @Test
    void a_response_that_nobody_fetched_is_undelivered_until_somebody_does() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        store().note(mine, settled(Stage.SETTLED), OVER, false);
        assertEquals(1, store().undelivered(9).size());
        assertEquals(List.of(), store().undelivered(0));
        store().note(done().mine(), settled(Stage.SETTLED), OVER, true);
        assertEquals(List.of(), store().undelivered(9));
    }

    @Test
    void a_settled_charge_is_due_again_when_it_was_noted_so() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        store().note(mine, settled(Stage.SETTLED), Optional.of(Duration.ofHours(6)), true);
        pass(Duration.ofHours(6).minusMillis(1));
        assertEquals(List.of(), store().due(9));
        pass(Duration.ofMillis(1));
        assertEquals(List.of(Optional.of(CHARGE.with(settled(Stage.SETTLED)))), charges(store().due(9)));
        store().note(done().mine(), settled(Stage.FINAL), OVER, false);
        assertEquals(List.of(), store().due(9));
        assertEquals(
                Optional.of(CHARGE.with(settled(Stage.FINAL))), done().mine().charge());
    }

    @Test
    void a_charge_that_is_due_again_is_known_for_months() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        store().note(mine, settled(Stage.SETTLED), Optional.of(Duration.ofDays(1)), true);
        for (int day = 0; day < 60; day++) {
            pass(Duration.ofDays(1));
            assertEquals(1, store().due(9).size());
            store().note(mine, settled(Stage.SETTLED), Optional.of(Duration.ofDays(1)), false);
        }
        assertEquals(new Claim.Other(), store().claim(KEY, "b", LEASE));
    }

    @Test
    void a_charge_without_work_that_is_pending_for_days_is_not_forgotten() {
        Claim.Mine mine = mine("a");
        store().ask(mine, CHARGE);
        store().note(mine, pending(true), THREE_SECONDS, false);
        store().forget(mine);
        pass(Duration.ofDays(4));
        assertEquals(Optional.of(CHARGE.with(pending(true))), mine("a").charge());
    }

    @Test
    void a_response_waits_for_its_money_and_a_day_for_its_payer() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("response"), CHARGE);
        store().note(mine, pending(true), THREE_SECONDS, false);
        pass(Duration.ofDays(4));
        assertEquals(bytes("response"), done().response());
        store().note(done().mine(), settled(Stage.SETTLED), OVER, false);
        pass(Duration.ofHours(23));
        assertEquals(bytes("response"), done().response());
    }

    private static List<Optional<Charge>> charges(List<Claim.Mine> due) {
        return due.stream().map(Claim.Mine::charge).toList();
    }

    @Test
    void a_hundred_claims_at_once_have_one_winner() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(100);
        try {
            CyclicBarrier barrier = new CyclicBarrier(100);
            List<Future<Claim>> claims = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                claims.add(pool.submit(() -> {
                    barrier.await();
                    return store().claim(KEY, "a", LEASE);
                }));
            }
            int winners = 0;
            for (Future<Claim> claim : claims) {
                winners += claim.get() instanceof Claim.Mine ? 1 : 0;
            }
            assertEquals(1, winners);
        } finally {
            pool.shutdownNow();
        }
    }
}
