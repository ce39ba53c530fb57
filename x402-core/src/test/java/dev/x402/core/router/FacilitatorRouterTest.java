package dev.x402.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.RouteStore;
import dev.x402.spi.RouteStore.Route;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FacilitatorRouterTest {
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Banks banks() {
        return opened(new Banks());
    }

    private Banks opened(Banks banks) {
        open.add(banks);
        return banks;
    }

    // What is served

    @Test
    void a_kind_that_several_serve_is_listed_once_as_the_preferred_one_says_it() {
        Banks banks = banks();
        banks.south.teller = "sam";

        assertEquals(
                List.of("coin on coin:main by tina", "coin on coin:test by tina"),
                banks.router.supported(banks.by()).kinds().stream()
                        .map(kind -> kind.kind() + " by "
                                + kind.extra().text("teller").orElseThrow())
                        .toList());
    }

    @Test
    void a_dead_facilitator_takes_nothing_from_the_others() {
        Banks banks = banks();
        banks.north.down = true;
        banks.south.kinds = List.of(Coin.ON_TEST);

        assertEquals(
                List.of(Coin.ON_TEST),
                banks.router.supported(banks.by()).kinds().stream()
                        .map(kind -> kind.kind())
                        .toList());
    }

    @Test
    void kinds_of_a_facilitator_that_died_are_offered_until_they_are_too_old() {
        Banks banks = banks();
        banks.south.kinds = List.of(Coin.ON_TEST);
        banks.router.supported(banks.by());
        banks.north.down = true;

        banks.time.pass(Duration.ofMinutes(10));
        assertTrue(banks.router.supported(banks.by()).find(Coin.ON_MAIN).isPresent());
        banks.time.pass(Duration.ofSeconds(1));
        assertFalse(banks.router.supported(banks.by()).find(Coin.ON_MAIN).isPresent());
        assertTrue(banks.router.supported(banks.by()).find(Coin.ON_TEST).isPresent());
    }

    @Test
    void when_nobody_answers_nothing_is_served() {
        Banks banks = banks();
        banks.north.down = true;
        banks.south.down = true;

        assertEquals(
                "facilitators: none of [north, south] says what it serves, or serves what is known here",
                assertThrows(RailUnavailableException.class, () -> banks.router.supported(banks.by()))
                        .getMessage());
    }

    @Test
    void what_is_served_is_asked_again_within_the_time_less_a_quarter() {
        Banks banks = banks();
        banks.router.supported(banks.by());
        banks.time.pass(Duration.ofSeconds(44));
        banks.router.supported(banks.by());
        assertEquals(List.of("supported"), banks.north.asked);

        banks.time.pass(Duration.ofSeconds(16));
        banks.router.supported(banks.by());
        assertEquals(List.of("supported", "supported"), banks.north.asked);
    }

    @Test
    void replicas_do_not_ask_all_at_once() {
        Banks banks = banks();
        banks.router.supported(banks.by());
        banks.time.pass(Duration.ofSeconds(44));
        int askedAt = 0;
        for (int second = 45; second <= 60 && askedAt == 0; second++) {
            banks.time.pass(Duration.ofSeconds(1));
            banks.router.supported(banks.by());
            askedAt = banks.north.asked.size() > 1 ? second : 0;
        }
        assertTrue(askedAt >= 45 && askedAt < 60, "asked at second " + askedAt);
    }

    @Test
    void a_key_that_was_rotated_is_in_the_offers_after_the_next_refresh() {
        Banks banks = banks();
        assertEquals("tina", banks.offer().extraOrEmpty().text("teller").orElseThrow());
        banks.north.teller = "nora";
        banks.time.pass(Duration.ofMinutes(1));
        banks.router.supported(banks.by());

        assertEquals("nora", banks.offer().extraOrEmpty().text("teller").orElseThrow());
    }

    @Test
    void an_offer_made_before_a_rotation_goes_to_who_made_it() {
        Banks banks = banks();
        banks.south.teller = "sam";
        Payment early = banks.payment("n1");
        banks.north.teller = "nora";
        banks.time.pass(Duration.ofMinutes(1));
        banks.router.supported(banks.by());

        assertInstanceOf(Verification.Valid.class, banks.verify(early));
        assertEquals(List.of(early), banks.north.verified);
    }

    @Test
    void an_offer_is_not_honoured_for_ever() {
        Banks banks = banks();
        Payment early = banks.payment("n1");
        banks.north.teller = "nora";
        banks.south.teller = "sam";
        banks.time.pass(Duration.ofMinutes(1));
        banks.router.supported(banks.by());
        banks.time.pass(Duration.ofHours(1));

        assertEquals(Member.unavailable("no facilitator serves the terms of this offer now"), banks.verify(early));
    }

    @Test
    void kinds_that_are_unknown_double_or_kept_from_a_facilitator_are_skipped() {
        Banks banks = opened(new Banks(builder ->
                builder.add(RoutedFacilitator.of("east", kindly()).only(dev.x402.spec.NetworkPattern.of(Coin.TEST)))));
        banks.north.down = true;
        banks.south.down = true;

        assertEquals(
                List.of(Coin.ON_TEST),
                banks.router.supported(banks.by()).kinds().stream()
                        .map(kind -> kind.kind())
                        .toList());
    }

    private static Bank kindly() {
        Bank bank = new Bank();
        bank.kinds = List.of(new dev.x402.spec.Kind("barter", Coin.TEST), Coin.ON_TEST, Coin.ON_TEST, Coin.ON_MAIN);
        return bank;
    }

    // One facilitator for verifying and settling

    @Test
    void a_payment_is_verified_and_settled_by_the_one_its_offer_was_made_for() {
        Banks banks = banks();
        banks.north.teller = "nora";
        banks.south.teller = "sam";
        Payment payment = banks.payment("n1");

        assertInstanceOf(Verification.Valid.class, banks.verify(payment));
        assertInstanceOf(Settlement.Settled.class, banks.settle(payment));
        assertEquals(1, banks.north.moved());
        assertEquals(List.of("supported"), banks.south.asked);
    }

    @Test
    void the_choice_of_the_offer_outlives_a_change_of_mind() {
        RoutingPolicy fastest = RoutingPolicy.fastest();
        Banks banks = opened(new Banks(builder -> builder.policy(fastest)));
        Payment payment = banks.payment("n1");
        String chosen = banks.router.explain(Banks.DRAFT).chosen().orElseThrow();
        for (int i = 0; i < 50; i++) {
            (chosen.equals("north") ? banks.north : banks.south).verifications.add(p -> {
                banks.time.pass(Duration.ofMillis(300));
                return new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "poor", false);
            });
        }
        banks.verify(Banks.payment(payment.requirements(), "other"));
        assertFalse(banks.router.explain(Banks.DRAFT).chosen().orElseThrow().equals(chosen));

        banks.verify(payment);
        assertTrue((chosen.equals("north") ? banks.north : banks.south).verified.contains(payment));
    }

    @Test
    void another_one_that_serves_the_same_terms_verifies_when_the_first_does_not_answer() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.north.verifications.add(p -> Banks.unavailable());

        assertInstanceOf(Verification.Valid.class, banks.verify(payment));
        assertInstanceOf(Settlement.Settled.class, banks.settle(payment));
        assertEquals(List.of("supported", "verify"), banks.north.asked);
        assertEquals(List.of("supported", "verify", "settle"), banks.south.asked);
    }

    @Test
    void nobody_else_is_asked_when_the_terms_are_the_first_ones_own() {
        Banks banks = banks();
        banks.south.teller = "sam";
        Payment payment = banks.payment("n1");
        banks.north.verifications.add(p -> Banks.unavailable());

        assertInstanceOf(Verification.Unavailable.class, banks.verify(payment));
        assertEquals(List.of("supported"), banks.south.asked);
    }

    @Test
    void a_judgement_is_final_and_no_second_one_is_sought() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.north.verifications.add(p -> new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "poor", true));

        assertInstanceOf(Verification.Invalid.class, banks.verify(payment));
        assertEquals(List.of("supported"), banks.south.asked);
    }

    // After the first asking to settle

    @Test
    void a_payment_that_may_have_been_sent_goes_to_nobody_else() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.north.settlements.add(p -> Bank.pending(""));
        banks.north.settlements.add(p -> Bank.pending("tx9"));

        assertEquals(Bank.pending(""), banks.settle(payment));
        assertEquals(Bank.pending("tx9"), banks.settle(payment));
        assertEquals(List.of("supported"), banks.south.asked);
    }

    @Test
    void a_payment_goes_back_to_its_facilitator_after_a_restart_and_from_another_replica() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.north.settlements.add(p -> Bank.pending(""));
        banks.settle(payment);

        FacilitatorRouter replica =
                banks.start().policy(RoutingPolicy.order("south")).build();
        replica.supported(banks.by());
        assertInstanceOf(Settlement.Settled.class, replica.settle(payment, banks.by()));
        assertEquals(1, banks.north.moved());
        assertEquals(0, banks.south.moved());
    }

    @Test
    void a_settlement_that_reached_nobody_is_asked_of_the_next() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.north.settlements.add(p -> Banks.notStarted());

        assertInstanceOf(Settlement.Settled.class, banks.settle(payment));
        assertEquals(Optional.of("south"), banks.routes.find(banks.coin.key(payment)));
        assertEquals(0, banks.north.moved());
    }

    @Test
    void what_reached_nobody_later_proves_nothing_about_what_was_asked_earlier() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.north.settlements.add(p -> Bank.pending(""));
        banks.north.settlements.add(p -> Banks.notStarted());
        banks.settle(payment);

        assertEquals(new Settlement.Pending(Optional.empty(), true, Duration.ofSeconds(2)), banks.settle(payment));
        assertEquals(List.of("supported"), banks.south.asked);
    }

    @Test
    void another_spelling_of_the_same_payment_goes_to_the_same_facilitator() {
        Banks banks = banks();
        PaymentRequirements offer = banks.offer();
        banks.north.settlements.add(p -> Bank.pending(""));
        banks.settle(Payment.of(Coin.payment(offer, "alice", "n1", "valid"), offer));

        banks.settle(Payment.of(Coin.payment(offer, "ALICE", "n1", "valid"), offer));
        assertEquals(List.of("supported"), banks.south.asked);
    }

    @Test
    void a_payment_of_a_facilitator_that_was_removed_is_pending() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.routes.bind(banks.coin.key(payment), "west");

        assertEquals(Member.pending(true), banks.settle(payment));
        assertInstanceOf(Verification.Unavailable.class, banks.verify(payment));
    }

    @Test
    void a_facilitator_that_throws_leaves_the_settlement_pending() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.north.settlements.add(p -> {
            throw new IllegalStateException("a bug");
        });

        assertEquals(Member.pending(true), banks.settle(payment));
        assertInstanceOf(Settlement.Settled.class, banks.settle(payment));
        assertEquals(List.of("supported"), banks.south.asked);
    }

    @Test
    void routes_that_cannot_be_read_or_written_stop_the_payment_before_anybody_is_asked() {
        Banks banks = opened(new Banks(builder -> builder, new BrokenRoutes()));
        Payment payment = banks.payment("n1");

        assertEquals(Member.unavailable("the payment could not be looked up; ask again"), banks.verify(payment));
        assertEquals(Member.pending(true), banks.settle(payment));
        assertEquals(List.of("supported"), banks.north.asked);
    }

    private static final class BrokenRoutes implements RouteStore {
        @Override
        public Optional<String> find(PaymentKey key) {
            throw new IllegalStateException("no database");
        }

        @Override
        public Route bind(PaymentKey key, String facilitator) {
            throw new IllegalStateException("no database");
        }

        @Override
        public boolean release(PaymentKey key, String facilitator) {
            throw new IllegalStateException("no database");
        }
    }

    // Left alone

    @Test
    void before_the_first_asking_a_facilitator_that_fails_is_left_alone() {
        Banks banks = opened(new Banks(builder -> builder.breaker(2, 2, Duration.ofHours(1))));
        fail(banks, 2);
        banks.north.asked.clear();

        assertInstanceOf(Settlement.Settled.class, banks.settle(banks.payment("n9")));
        assertEquals(List.of(), banks.north.asked);
        assertEquals(1, banks.south.moved());
    }

    @Test
    void after_the_first_asking_a_facilitator_that_is_left_alone_is_pending_and_never_failed() {
        Banks banks = opened(new Banks(builder -> builder.breaker(2, 2, Duration.ofHours(1))));
        Payment payment = banks.payment("n1");
        banks.north.settlements.add(p -> Bank.pending("tx1"));
        banks.settle(payment);
        fail(banks, 2);
        banks.north.asked.clear();

        assertEquals(Member.pending(true), banks.settle(payment));
        assertEquals(List.of(), banks.north.asked);
        assertEquals(0, banks.south.moved());
    }

    @Test
    void when_all_are_left_alone_nothing_is_started() {
        Banks banks = opened(new Banks(builder -> builder.breaker(2, 2, Duration.ofHours(1))));
        Payment payment = banks.payment("n1");
        banks.south.verifications.add(p -> Banks.unavailable());
        banks.south.verifications.add(p -> Banks.unavailable());
        fail(banks, 2);

        assertEquals(
                Member.unavailable("no facilitator that serves these terms can be asked now"), banks.verify(payment));
        assertEquals(Member.pending(false), banks.settle(payment));
        assertEquals(Optional.empty(), banks.routes.find(banks.coin.key(payment)));
    }

    @Test
    void a_facilitator_that_is_left_alone_gets_another_try() {
        Banks banks = opened(new Banks(builder -> builder.breaker(2, 2, Duration.ofNanos(1))));
        fail(banks, 2);
        banks.north.asked.clear();

        assertInstanceOf(Verification.Valid.class, banks.verify(banks.payment("n9")));
        assertEquals(List.of("verify"), banks.north.asked);
    }

    @Test
    void a_network_that_fails_leaves_the_others_of_its_facilitator() {
        Banks banks = opened(new Banks(builder -> builder.breaker(2, 2, Duration.ofHours(1))));
        fail(banks, 2);
        PaymentRequirements draft =
                PaymentRequirements.of(Coin.ON_TEST, Banks.DRAFT.amount(), "gold", "bob", 300, Json.Obj.EMPTY);

        assertEquals(Optional.of("south"), banks.router.explain(Banks.DRAFT).chosen());
        assertEquals(Optional.of("north"), banks.router.explain(draft).chosen());
    }

    @Test
    void what_a_payload_can_bring_about_leaves_nobody_alone() {
        Banks banks = opened(new Banks(builder -> builder.breaker(1, 1, Duration.ofHours(1))));
        Payment payment = banks.payment("n1");
        banks.north.verifications.add(
                p -> new Verification.Unavailable(ErrorCode.UNEXPECTED_VERIFY_ERROR, "broke", Duration.ofSeconds(2)));
        banks.verify(payment);

        assertEquals(Optional.of("north"), banks.router.explain(Banks.DRAFT).chosen());
    }

    private static void fail(Banks banks, int times) {
        for (int i = 0; i < times; i++) {
            banks.north.verifications.add(p -> Banks.unavailable());
            banks.verify(banks.payment("failed" + i));
        }
    }

    // Deadlines and crowds

    @Test
    void a_slow_facilitator_is_given_up_in_time_for_the_next() {
        ExecutorService threads = threads();
        CountDownLatch never = new CountDownLatch(1);
        Banks banks = opened(new Banks(builder -> builder.executor(threads).verifyWithin(Duration.ofMillis(50))));
        Payment payment = banks.payment("n1");
        banks.north.verifications.add(p -> {
            await(never);
            return Banks.unavailable();
        });

        assertInstanceOf(Verification.Valid.class, banks.verify(payment));
        assertEquals(List.of(payment), banks.south.verified);
    }

    @Test
    void a_settlement_that_does_not_end_is_pending_at_the_deadline_and_is_not_interrupted() throws Exception {
        ExecutorService threads = threads();
        CountDownLatch slow = new CountDownLatch(1);
        Banks banks = opened(new Banks(builder -> builder.executor(threads)));
        Payment payment = banks.payment("n1");
        banks.north.settlements.add(p -> {
            await(slow);
            return banks.north.move(p);
        });

        assertEquals(
                Member.pending(true),
                banks.router.settle(payment, banks.time.instant().plusMillis(50)));
        slow.countDown();
        assertInstanceOf(Settlement.Settled.class, banks.settle(payment));
        assertEquals(1, banks.north.moved());
        assertEquals(List.of("supported"), banks.south.asked);
    }

    @Test
    void calls_beyond_those_allowed_go_to_the_next() throws Exception {
        ExecutorService threads = threads();
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        Bank narrow = new Bank();
        Banks banks = opened(new Banks(builder -> builder.executor(threads)
                .add(RoutedFacilitator.of("narrow", narrow).concurrent(1))
                .policy(RoutingPolicy.order("narrow"))));
        PaymentRequirements offer = banks.offer();
        narrow.verifications.add(p -> {
            arrived.countDown();
            await(slow);
            return new Verification.Valid("alice", Json.Obj.EMPTY);
        });
        var first = threads.submit(() -> banks.verify(Banks.payment(offer, "n1")));
        arrived.await();

        assertInstanceOf(Verification.Valid.class, banks.verify(Banks.payment(offer, "n2")));
        assertEquals(1, narrow.verified.size());
        slow.countDown();
        assertInstanceOf(Verification.Valid.class, first.get());
    }

    @Test
    void a_settlement_that_no_thread_takes_has_not_started() {
        boolean[] full = {false};
        Banks banks = opened(new Banks(builder -> builder.executor(task -> {
            if (full[0]) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        })));
        Payment payment = banks.payment("n1");
        full[0] = true;

        assertEquals(Member.pending(false), banks.settle(payment));
        assertEquals(Optional.empty(), banks.routes.find(banks.coin.key(payment)));
    }

    private ExecutorService threads() {
        ExecutorService threads = Executors.newCachedThreadPool();
        open.add(threads::shutdownNow);
        return threads;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // What is not believed

    @Test
    void settled_by_another_payer_than_was_verified_is_pending() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.verify(payment);
        banks.north.settlements.add(p -> settled("tx1", "mallory"));

        assertEquals(Member.pending(true), banks.settle(payment));
        assertEquals(List.of("supported"), banks.south.asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a-name-longer-than-any-transaction-of-this-rail-can-ever-have-1234"})
    void settled_without_a_transaction_of_the_rail_is_pending(String reference) {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.north.settlements.add(p -> settled(reference, "alice"));

        assertEquals(Member.pending(true), banks.settle(payment));
        assertEquals(List.of("supported"), banks.south.asked);
    }

    @Test
    void a_refusal_proves_something_only_where_routes_and_all_facilitators_remember() {
        Banks banks = banks();
        assertTrue(banks.router.remembers());
        assertFalse(FacilitatorRouter.builder(banks.plugins)
                .add(RoutedFacilitator.of("north", banks.north))
                .clock(banks.time)
                .random(new Random(1))
                .executor(Runnable::run)
                .build()
                .remembers());
    }

    @Test
    void a_payer_that_cannot_be_one_is_not_believed() {
        Banks banks = banks();
        banks.south.teller = "sam";
        Payment payment = banks.payment("n1");
        banks.north.verifications.add(p -> new Verification.Valid("no account", Json.Obj.EMPTY));

        assertEquals(
                new Verification.Unavailable(
                        ErrorCode.FACILITATOR_RESPONSE_INVALID,
                        "the facilitator's answer cannot be believed",
                        Duration.ofSeconds(2)),
                banks.verify(payment));
    }

    @Test
    void a_facilitator_that_denies_a_kind_it_lists_is_not_believed_and_the_next_is_asked() {
        Banks banks = banks();
        Payment payment = banks.payment("n1");
        banks.north.verifications.add(
                p -> new Verification.Invalid(ErrorCode.UNSUPPORTED_SCHEME, "no such scheme", false));

        assertInstanceOf(Verification.Valid.class, banks.verify(payment));
        assertEquals(List.of(payment), banks.south.verified);
    }

    @Test
    void a_payload_that_has_not_its_form_is_invalid_and_nobody_is_asked() {
        Banks banks = banks();
        PaymentRequirements offer = banks.offer();
        Payment payment =
                Payment.of(dev.x402.spec.PaymentPayload.of(null, offer, Json.Obj.EMPTY.with("from", "alice")), offer);

        assertInstanceOf(Verification.Invalid.class, banks.verify(payment));
        assertInstanceOf(Settlement.Rejected.class, banks.settle(payment));
        assertEquals(List.of("supported"), banks.north.asked);
    }

    private static Settlement settled(String reference, String payer) {
        return new Settlement.Settled(
                new Receipt(reference, payer, Banks.DRAFT.amount(), Json.Obj.EMPTY), Stage.SETTLED);
    }

    // Closing and building

    @Test
    void a_closed_router_takes_no_new_payment_and_still_asks_about_old_ones() {
        Banks banks = banks();
        Payment old = banks.payment("n1");
        Payment fresh = banks.payment("n2");
        banks.north.settlements.add(p -> Bank.pending(""));
        banks.settle(old);
        banks.router.close();

        assertEquals(Member.unavailable("closed"), banks.verify(fresh));
        assertEquals(Member.pending(false), banks.settle(fresh));
        assertInstanceOf(Settlement.Settled.class, banks.settle(old));
    }

    @Test
    void every_problem_of_a_router_is_named_at_once() {
        Banks banks = banks();
        RoutedFacilitator one = RoutedFacilitator.of("one", banks.north);

        assertEquals(
                List.of(
                        "facilitator one was added twice: give one of them another name",
                        "policy: expected one of [one], saw \"two\"",
                        "clock: expected one, saw none; add clock(…)",
                        "random: expected a source, saw none; add random(…)",
                        "executor: expected one, saw none; add executor(…)"),
                assertThrows(
                                RouterConfigurationException.class,
                                () -> FacilitatorRouter.builder(banks.plugins)
                                        .add(one)
                                        .add(one)
                                        .policy(RoutingPolicy.order("one", "two"))
                                        .build())
                        .problems());
    }

    @Test
    void a_router_without_facilitators_is_refused() {
        Banks banks = banks();

        assertEquals(
                "4 problems of the router:\n"
                        + "- facilitators: expected at least one, saw none; add(…) one\n"
                        + "- clock: expected one, saw none; add clock(…)\n"
                        + "- random: expected a source, saw none; add random(…)\n"
                        + "- executor: expected one, saw none; add executor(…)",
                assertThrows(
                                RouterConfigurationException.class,
                                () -> FacilitatorRouter.builder(banks.plugins).build())
                        .getMessage());
    }
}
