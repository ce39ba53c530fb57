package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.market.Coin;
import dev.x402.spec.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One payment, many requests at once. */
@Timeout(60)
class InFlightTest {
    private static Decision inFlight(Duration retryAfter) {
        return new Decision.RetryLater(
                Decision.Wait.IN_FLIGHT,
                ErrorCode.DUPLICATE_SETTLEMENT,
                "the same payment is being worked on; come again with it",
                retryAfter,
                Optional.empty());
    }

    @Test
    void an_identical_request_waits_two_seconds_and_comes_again() {
        try (Shop shop = new Shop()) {
            shop.admitted(Shop.paid("1"));
            assertEquals(inFlight(Duration.ofSeconds(1)), shop.gate.decide(Shop.paid("1")));
            assertEquals(Duration.ofSeconds(2), shop.pauses.stream().reduce(Duration.ZERO, Duration::plus));
            assertEquals(List.of("supported", "verify"), shop.bank.asked);
        }
    }

    @Test
    void an_identical_request_need_not_wait() {
        try (Shop shop = new Shop(gate -> gate.route(Shop.report()).waitInFlight(Duration.ZERO))) {
            shop.admitted(Shop.paid("1"));
            assertEquals(inFlight(Duration.ofSeconds(1)), shop.gate.decide(Shop.paid("1")));
            assertEquals(List.of(), shop.pauses);
        }
    }

    @Test
    void a_waiting_request_gets_the_response_when_the_first_is_done() {
        List<Admission> first = new ArrayList<>();
        AtomicInteger waits = new AtomicInteger();
        try (Shop shop = new Shop(gate -> gate.route(Shop.report()).pause(length -> {
            if (waits.incrementAndGet() == 3) {
                first.get(0).finish(Shop.bytes("report"));
            }
        }))) {
            first.add(shop.admitted(Shop.paid("1")));
            assertEquals(
                    new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
        }
    }

    @Test
    void a_waiting_request_is_admitted_when_the_first_was_cancelled() {
        List<Admission> first = new ArrayList<>();
        try (Shop shop = new Shop(
                gate -> gate.route(Shop.report()).pause(length -> first.get(0).cancel()))) {
            first.add(shop.admitted(Shop.paid("1")));
            assertInstanceOf(Decision.Admit.class, shop.gate.decide(Shop.paid("1")));
        }
    }

    @Test
    void an_interrupted_wait_comes_again_and_stays_interrupted() {
        try (Shop shop = new Shop(gate -> gate.route(Shop.report()).pause(length -> {
            throw new InterruptedException("enough");
        }))) {
            shop.admitted(Shop.paid("1"));
            assertEquals(inFlight(Duration.ofSeconds(1)), shop.gate.decide(Shop.paid("1")));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void work_that_outlives_its_lease_is_taken_over_and_settles_nothing() {
        try (Shop shop = new Shop(gate -> gate.route(Shop.report()).lease(Duration.ofSeconds(30)))) {
            Admission slow = shop.admitted(Shop.paid("1"));
            shop.time.pass(Duration.ofSeconds(30));
            Admission second = shop.admitted(Shop.paid("1"));
            assertEquals(
                    new Decision.RetryLater(
                            Decision.Wait.IN_FLIGHT,
                            ErrorCode.DUPLICATE_SETTLEMENT,
                            "the work took longer than its claim, and the same payment is worked on again;"
                                    + " come again with it",
                            Duration.ofSeconds(2),
                            Optional.empty()),
                    slow.finish(Shop.bytes("slow")));
            assertEquals(0, shop.bank.moved());
            assertEquals(new Completion.Release(Shop.receipt("1")), second.finish(Shop.bytes("second")));
        }
    }

    @Test
    void a_late_cancel_does_not_free_what_was_taken_over() {
        try (Shop shop = new Shop(
                gate -> gate.route(Shop.report()).lease(Duration.ofSeconds(30)).waitInFlight(Duration.ZERO))) {
            Admission slow = shop.admitted(Shop.paid("1"));
            shop.time.pass(Duration.ofSeconds(30));
            shop.admitted(Shop.paid("1"));
            slow.cancel();
            assertEquals(inFlight(Duration.ofSeconds(1)), shop.gate.decide(Shop.paid("1")));
        }
    }

    @Test
    void unless_told_otherwise_a_lease_lasts_as_long_as_the_offer_lets_a_payment_take() {
        try (Shop shop = new Shop(gate -> gate.route(Shop.report()).waitInFlight(Duration.ZERO))) {
            shop.admitted(Shop.paid("1"));
            shop.time.pass(Duration.ofSeconds(299));
            assertEquals(inFlight(Duration.ofSeconds(1)), shop.gate.decide(Shop.paid("1")));
            shop.time.pass(Duration.ofSeconds(1));
            shop.admitted(Shop.paid("1"));
        }
    }

    /** Two hundred threads with one payment: the handler runs once, the coin moves once, everyone gets the report. */
    @Test
    void two_hundred_identical_requests_run_the_handler_once() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        try (Shop shop = new Shop(gate -> gate.route(Shop.report())
                .waitInFlight(Duration.ofSeconds(30))
                .pause(length -> LockSupport.parkNanos(1_000_000)))) {
            List<Object> answers = atOnce(200, () -> {
                Decision decision = shop.gate.decide(Shop.paid("1"));
                if (!(decision instanceof Decision.Admit admit)) {
                    return decision;
                }
                handled.incrementAndGet();
                LockSupport.parkNanos(20_000_000);
                return admit.admission().finish(Shop.bytes("report"));
            });
            assertEquals(1, handled.get());
            assertEquals(1, shop.bank.moved());
            assertEquals(1, shop.bank.verified.size());
            assertEquals(1, count(answers, new Completion.Release(Shop.receipt("1"))));
            assertEquals(199, count(answers, new Decision.Replay(Shop.bytes("report"), Shop.receipt("1"))));
        }
    }

    @Test
    void two_hundred_spellings_of_one_payment_run_the_handler_once() throws Exception {
        AtomicInteger spelling = new AtomicInteger();
        try (Shop shop = new Shop()) {
            List<Object> answers = atOnce(200, () -> {
                int number = spelling.getAndIncrement();
                StringBuilder from = new StringBuilder("alice");
                for (int bit = 0; bit < 5; bit++) {
                    if ((number >> bit & 1) == 1) {
                        from.setCharAt(bit, Character.toUpperCase(from.charAt(bit)));
                    }
                }
                Decision decision =
                        shop.gate.decide(Shop.paid(Coin.payment(Shop.OFFER, from.toString(), "1", "valid")));
                return decision instanceof Decision.Admit ? "admitted" : decision;
            });
            assertEquals(1, count(answers, "admitted"));
        }
    }

    @Test
    void fifty_first_requests_ask_the_facilitator_once() throws Exception {
        try (Shop shop = new Shop()) {
            List<Object> answers = atOnce(50, () -> shop.gate.decide(Shop.request()));
            assertEquals(List.of("supported"), shop.bank.asked);
            assertEquals(1, answers.stream().distinct().count());
            assertInstanceOf(Decision.Challenge.class, answers.get(0));
        }
    }

    private static long count(List<Object> answers, Object wanted) {
        return answers.stream().filter(wanted::equals).count();
    }

    private static List<Object> atOnce(int threads, Callable<Object> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier barrier = new CyclicBarrier(threads);
            List<Future<Object>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    barrier.await();
                    return work.call();
                }));
            }
            List<Object> answers = new ArrayList<>();
            for (Future<Object> future : futures) {
                answers.add(future.get(50, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
