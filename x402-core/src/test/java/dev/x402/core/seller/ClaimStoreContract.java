package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spi.Bytes;
import dev.x402.spi.Claim;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.PaymentKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of claims must do; a subclass names the store and owns its time. */
public abstract class ClaimStoreContract {
    private static final PaymentKey KEY = new PaymentKey("key");
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** A contract whose store is the subclass's. */
    protected ClaimStoreContract() {}

    /** The one store of this test. */
    protected abstract ClaimStore store();

    /** Lets the store's time pass. */
    protected abstract void pass(Duration length);

    private Claim.Mine mine(String binding) {
        return assertInstanceOf(Claim.Mine.class, store().claim(KEY, binding, LEASE));
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
        assertTrue(store().finish(mine("a"), bytes("response")));
        assertEquals(new Claim.Done(bytes("response")), store().claim(KEY, "a", LEASE));
    }

    @Test
    void another_request_is_another_after_the_first_is_done() {
        store().finish(mine("a"), bytes("response"));
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
        store().finish(mine, bytes("response"));
        store().forget(mine);
        assertEquals(new Claim.Done(bytes("response")), store().claim(KEY, "a", LEASE));
    }

    @Test
    void finishing_again_is_true_and_keeps_the_first_response() {
        Claim.Mine mine = mine("a");
        store().finish(mine, bytes("first"));
        assertTrue(store().finish(mine, bytes("second")));
        assertEquals(new Claim.Done(bytes("first")), store().claim(KEY, "a", LEASE));
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
        assertFalse(store().finish(first, bytes("late")));
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
        store().finish(mine("a"), bytes("response"));
        pass(LEASE);
        assertEquals(new Claim.Done(bytes("response")), store().claim(KEY, "a", LEASE));
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
