package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.Pause;
import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What another process makes of what this one asked; both share the store. */
class SecondReplicaTest {
    private static final Settlement NO_GOLD = new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "no gold");

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    private PaymentGate second(Facilitator facilitator) {
        return PaymentGate.builder(shop.plugins)
                .facilitator(facilitator)
                .claims(shop.claims)
                .clock(shop.time)
                .pause(Pause.ofThreads())
                .waitInFlight(Duration.ZERO)
                .listener(shop.events::add)
                .route(Shop.report())
                .build();
    }

    /** A facilitator that keeps no memory of what it was asked. */
    private record Forgetful(Bank bank) implements Facilitator {
        @Override
        public SupportedResponse supported(Instant by) {
            return bank.supported(by);
        }

        @Override
        public Verification verify(Payment payment, Instant by) {
            return bank.verify(payment, by);
        }

        @Override
        public Settlement settle(Payment payment, Instant by) {
            return bank.settle(payment, by);
        }

        @Override
        public boolean remembers() {
            return false;
        }

        @Override
        public void close() {}
    }

    @Test
    void a_refusal_after_an_asking_of_unknown_outcome_is_pending_with_the_transaction() {
        shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
        shop.bought(Shop.paid("1"), "report");
        shop.bank.settlements.add(payment -> NO_GOLD);
        assertEquals(
                new Decision.RetryLater(
                        Decision.Wait.PENDING,
                        ErrorCode.SETTLEMENT_PENDING,
                        "the settlement is not known yet; come again with the same payment",
                        Duration.ofSeconds(2),
                        Optional.of(Shop.failure(ErrorCode.SETTLEMENT_PENDING, null, null, "tx-9"))),
                second(new Forgetful(shop.bank)).decide(Shop.paid("1")));
    }

    @Test
    void a_refusal_by_a_facilitator_that_remembers_asks_for_a_fresh_payment() {
        shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
        shop.bought(Shop.paid("1"), "report");
        shop.bank.settlements.add(payment -> NO_GOLD);
        assertInstanceOf(Decision.Challenge.class, second(shop.bank).decide(Shop.paid("1")));
    }

    @Test
    void a_refusal_after_what_was_never_sent_asks_for_a_fresh_payment() {
        shop.bank.settlements.add(payment -> new Settlement.Pending(Optional.empty(), false, Duration.ofSeconds(1)));
        shop.bought(Shop.paid("1"), "report");
        shop.bank.settlements.add(payment -> NO_GOLD);
        assertInstanceOf(
                Decision.Challenge.class, second(new Forgetful(shop.bank)).decide(Shop.paid("1")));
    }

    @Test
    void what_settled_is_replayed_although_the_facilitator_forgot_it() {
        shop.bought(Shop.paid("1"), "report");
        shop.bank.settlements.add(payment -> NO_GOLD);
        assertEquals(
                new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")),
                second(new Forgetful(shop.bank)).decide(Shop.paid("1")));
    }

    @Test
    void what_was_rejected_is_not_asked_again() {
        shop.bank.settlements.add(payment -> NO_GOLD);
        shop.bought(Shop.paid("1"), "report");
        shop.bank.asked.clear();
        assertInstanceOf(Decision.Challenge.class, shop.gate.decide(Shop.paid("1")));
        assertEquals(0, shop.bank.asked.size());
    }

    @Test
    void a_pending_payment_is_found_by_the_other_process() {
        shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
        shop.bought(Shop.paid("1"), "report");
        shop.time.pass(Duration.ofSeconds(3));
        PaymentGate second = second(shop.bank);
        assertEquals(0, second.poll());
        assertEquals(
                Optional.of(Shop.receipt("1")),
                shop.events.get(shop.events.size() - 1).receipt());
        assertEquals("report", shop.events.get(shop.events.size() - 1).route());
        assertEquals(1, second.undelivered(9).size());
    }

    @Test
    void a_payment_whose_process_died_after_keeping_the_response_is_found_when_its_lease_is_over() {
        shop.bank.settlements.add(payment -> {
            throw new StackOverflowError("the process ends here");
        });
        try {
            shop.bought(Shop.paid("1"), "report");
        } catch (StackOverflowError expected) {
            assertEquals("the process ends here", expected.getMessage());
        }
        PaymentGate second = second(shop.bank);
        shop.time.pass(Duration.ofSeconds(299));
        assertEquals(0, second.poll());
        assertEquals(0, shop.bank.moved());
        shop.time.pass(Duration.ofSeconds(1));
        second.poll();
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void work_that_is_renewed_is_not_taken_over() {
        Admission slow = shop.admitted(Shop.paid("1"));
        PaymentGate second = second(shop.bank);
        shop.time.pass(Duration.ofSeconds(299));
        assertEquals(1, shop.gate.renew());
        shop.time.pass(Duration.ofSeconds(299));
        assertInstanceOf(Decision.RetryLater.class, second.decide(Shop.paid("1")));
        assertEquals(new Completion.Release(Shop.receipt("1")), slow.finish(Shop.bytes("slow")));
        assertEquals(0, shop.gate.renew());
    }

    @Test
    void a_bug_on_a_repeat_does_not_say_that_nothing_was_charged() {
        List<Price> prices = new ArrayList<>(List.of(Price.money("0.01", "USD")));
        try (Shop moody = new Shop(gate -> gate.route(PricedRoute.of(
                "report",
                WayToPay.by(Coin.ON_MAIN)
                        .price(request -> prices.get(0))
                        .payTo("bob")
                        .build())))) {
            moody.bought(Shop.paid("1"), "report");
            prices.clear();
            Decision.Reject broken = assertInstanceOf(Decision.Reject.class, moody.gate.decide(Shop.paid("1")));
            assertEquals(
                    "the server failed before it looked the payment up, and charged nothing now; come again with the"
                            + " same payment, which is not charged twice; its log names incident mjuohs00-1",
                    broken.message());
        }
    }

    @Test
    void a_bug_behind_an_asked_settlement_says_that_it_was_asked() {
        Walk walk = new Walk(Shop.paid("1"));
        walk.asking(Charge.of(
                new PaymentKey("1"), "report", Payment.of(Coin.payment(Shop.OFFER, "1"), Shop.OFFER), Stage.SEEN));
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.BROKEN,
                        ErrorCode.UNEXPECTED_SETTLE_ERROR,
                        "the server failed after the settlement was asked; come again with the same payment, which is"
                                + " not charged twice; its log names incident mjuohs00-1",
                        Optional.empty(),
                        Optional.empty()),
                new Incidents(shop.time).broken(walk, "deciding", new IllegalStateException("a bug")));
    }
}
