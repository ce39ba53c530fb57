package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spi.Bytes;
import dev.x402.spi.Claim;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryClaimStoreTest extends ClaimStoreContract {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Bytes NOTHING = Bytes.of(new byte[0]);
    private static final Charge CHARGE = Charge.of(
            new PaymentKey("key"), "report", Payment.of(Coin.payment(Shop.OFFER, "1"), Shop.OFFER), Stage.SEEN);

    private final Time time = new Time();
    private final ClaimStore store = InMemoryClaimStore.builder(time).build();

    @Override
    protected ClaimStore store() {
        return store;
    }

    @Override
    protected void pass(Duration length) {
        time.pass(length);
    }

    private static Claim.Mine claimed(ClaimStore store, String key) {
        return assertInstanceOf(Claim.Mine.class, store.claim(new PaymentKey(key), "a", LEASE));
    }

    private static Bytes done(ClaimStore store, PaymentKey key) {
        return assertInstanceOf(Claim.Done.class, store.claim(key, "a", LEASE)).response();
    }

    @Test
    void the_retry_hint_is_a_second_or_what_is_left_of_the_lease() {
        claimed(store, "key");
        assertEquals(new Claim.Busy(Duration.ofSeconds(1)), store.claim(new PaymentKey("key"), "a", LEASE));
        time.pass(LEASE.minusMillis(200));
        assertEquals(new Claim.Busy(Duration.ofMillis(200)), store.claim(new PaymentKey("key"), "a", LEASE));
    }

    @Test
    void a_response_goes_after_its_time_and_the_payment_stays_known() {
        store.finish(claimed(store, "key"), bytes("response"), CHARGE);
        time.pass(Duration.ofMinutes(10).minusMillis(1));
        assertEquals(bytes("response"), done(store, new PaymentKey("key")));
        time.pass(Duration.ofMillis(1));
        assertEquals(NOTHING, done(store, new PaymentKey("key")));
        time.pass(Duration.ofHours(24).minusMillis(1));
        assertEquals(new Claim.Other(), store.claim(new PaymentKey("key"), "b", LEASE));
        time.pass(Duration.ofMillis(1));
        claimed(store, "key");
    }

    @Test
    void a_store_full_of_work_refuses_and_drops_nothing() {
        ClaimStore small = InMemoryClaimStore.builder(time).maxEntries(2).build();
        Claim.Mine first = claimed(small, "1");
        claimed(small, "2");
        assertEquals(
                "claims: expected room, saw 2 of 2 entries and 131074 of 134217728 bytes taken;"
                        + " enlarge the store or keep less",
                assertThrows(IllegalStateException.class, () -> small.claim(new PaymentKey("3"), "a", LEASE))
                        .getMessage());
        small.finish(first, bytes("response"), CHARGE);
        assertEquals(bytes("response"), done(small, new PaymentKey("1")));
    }

    @Test
    void a_store_full_of_kept_responses_refuses() {
        ClaimStore small = InMemoryClaimStore.builder(time).maxEntries(1).build();
        small.finish(claimed(small, "1"), bytes("response"), CHARGE);
        assertThrows(IllegalStateException.class, () -> small.claim(new PaymentKey("2"), "a", LEASE));
    }

    @Test
    void room_is_made_of_payments_whose_responses_are_gone() {
        ClaimStore small = InMemoryClaimStore.builder(time).maxEntries(1).build();
        small.finish(claimed(small, "1"), bytes("response"), CHARGE);
        time.pass(Duration.ofMinutes(10));
        claimed(small, "2");
        assertThrows(IllegalStateException.class, () -> small.claim(new PaymentKey("1"), "a", LEASE));
    }

    @Test
    void work_reserves_the_room_of_its_response() {
        ClaimStore small = InMemoryClaimStore.builder(time)
                .largestResponse(10)
                .maxBytes(25)
                .build();
        Claim.Mine first = claimed(small, "1");
        claimed(small, "2");
        assertThrows(IllegalStateException.class, () -> small.claim(new PaymentKey("3"), "a", LEASE));
        small.finish(first, bytes("five5"), CHARGE);
        claimed(small, "3");
    }

    @Test
    void giving_up_frees_the_room() {
        ClaimStore small = InMemoryClaimStore.builder(time)
                .largestResponse(10)
                .maxBytes(10)
                .build();
        small.forget(claimed(small, "1"));
        claimed(small, "2");
        time.pass(LEASE);
        claimed(small, "3");
    }

    @Test
    void a_response_that_is_too_large_is_remembered_without_its_bytes() {
        ClaimStore small = InMemoryClaimStore.builder(time).largestResponse(3).build();
        small.finish(claimed(small, "1"), bytes("four"), CHARGE);
        assertEquals(NOTHING, done(small, new PaymentKey("1")));
    }

    @Test
    void a_claim_past_its_lease_that_nobody_took_is_lost() {
        Claim.Mine mine = claimed(store, "1");
        time.pass(LEASE);
        claimed(store, "2");
        assertFalse(store.finish(mine, bytes("late"), CHARGE));
    }

    @Test
    void money_without_work_takes_no_room_of_a_response_and_is_known_for_a_day() {
        ClaimStore small = InMemoryClaimStore.builder(time)
                .largestResponse(10)
                .maxBytes(10)
                .build();
        Claim.Mine mine = claimed(small, "1");
        small.ask(mine, CHARGE);
        small.forget(mine);
        small.forget(claimed(small, "2"));
        time.pass(Duration.ofHours(24).minusMillis(1));
        assertEquals(new Claim.Other(), small.claim(new PaymentKey("1"), "b", LEASE));
        time.pass(Duration.ofMillis(1));
        assertEquals(Optional.empty(), claimed(small, "1").charge());
    }

    @Test
    void work_is_taken_up_again_only_where_its_response_has_room() {
        ClaimStore small = InMemoryClaimStore.builder(time)
                .largestResponse(10)
                .maxBytes(10)
                .build();
        Claim.Mine mine = claimed(small, "1");
        small.ask(mine, CHARGE);
        small.forget(mine);
        Claim.Mine other = claimed(small, "2");
        assertThrows(IllegalStateException.class, () -> small.claim(new PaymentKey("1"), "a", LEASE));
        small.forget(other);
        assertEquals(Optional.of(CHARGE), claimed(small, "1").charge());
    }

    @Test
    void work_that_was_finished_late_and_not_taken_over_counts() {
        Claim.Mine mine = claimed(store, "1");
        store.ask(mine, CHARGE);
        time.pass(LEASE);
        claimed(store, "2");
        assertEquals(true, store.finish(mine, bytes("late"), CHARGE));
        assertEquals(bytes("late"), done(store, new PaymentKey("1")));
    }

    @Test
    void a_store_without_room_for_one_claim_is_not_built() {
        assertEquals(
                "claims: expected room for one, saw 0 entries and 134217728 bytes for responses of 65537",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> InMemoryClaimStore.builder(time)
                                        .maxEntries(0)
                                        .build())
                        .getMessage());
    }
}
