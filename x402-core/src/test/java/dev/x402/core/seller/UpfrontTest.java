package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.Flow;
import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money before work. */
class UpfrontTest {
    private static final PaymentRequirements OFFER = PaymentRequirements.of(
            Coin.ON_MAIN,
            Shop.OFFER.amount(),
            "gold",
            "bob",
            300,
            Shop.OFFER.extraOrEmpty().with("paymentFlow", "upfront"));

    private static final PricedRoute UPFRONT = PricedRoute.builder("report")
            .way(Shop.way().build())
            .flow(Flow.UPFRONT)
            .build();

    private final Shop shop = new Shop(gate -> gate.route(UPFRONT).waitInFlight(Duration.ZERO));

    @AfterEach
    void close() {
        shop.close();
    }

    private static ResourceRequest paid(String nonce) {
        return Shop.request().withPayment(Coin.payment(OFFER, nonce));
    }

    @Test
    void a_way_says_its_flow_or_takes_its_routes() {
        Kind kind = Coin.ON_MAIN;
        String account = "bob";
        // snippet: flow
        PricedRoute film = PricedRoute.builder("GET /film")
                .flow(Flow.UPFRONT) // settle, then run the handler and stream
                .way(WayToPay.by(kind)
                        .price(Price.money("2", "USD"))
                        .payTo(account)
                        .build())
                .build();
        PricedRoute report = PricedRoute.builder("GET /report")
                .way(WayToPay.by(kind)
                        .price(Price.money("0.01", "USD"))
                        .payTo(account)
                        .build()) // verify, run the handler, settle, answer
                .way(WayToPay.by(kind)
                        .price(Price.money("0.008", "USD"))
                        .payTo(account)
                        .flow(Flow.UPFRONT) // cheaper for who pays first
                        .build())
                .build();
        // end: flow
        assertEquals(Optional.of(Flow.UPFRONT), film.ways().get(0).flow());
        assertEquals(Optional.of(Flow.AUTHORIZATION), report.ways().get(0).flow());
        assertEquals(Optional.of(Flow.UPFRONT), report.ways().get(1).flow());
    }

    @Test
    void a_seller_tends_its_claims_by_a_timer() {
        PaymentGate gate = shop.gate;
        // snippet: tending
        gate.renew(); // some three times in a lease: work that takes longer than its claim is not done twice
        gate.poll(); // every few seconds, in any process: what became of pending payments
        List<Charge> refunds = gate.undelivered(100); // money that came, and nobody got what it bought
        // end: tending
        assertEquals(List.of(), refunds);
    }

    @Test
    void the_offer_names_the_flow() {
        Decision.Challenge challenge = assertInstanceOf(Decision.Challenge.class, shop.gate.decide(Shop.request()));
        assertEquals(List.of(OFFER), challenge.required().accepts());
    }

    @Test
    void the_ordinary_flow_is_not_named() {
        try (Shop ordinary = new Shop(gate -> gate.route(
                PricedRoute.of("report", Shop.way().flow(Flow.AUTHORIZATION).build())))) {
            Decision.Challenge challenge =
                    assertInstanceOf(Decision.Challenge.class, ordinary.gate.decide(Shop.request()));
            assertEquals(List.of(Shop.OFFER), challenge.required().accepts());
        }
    }

    @Test
    void the_money_moves_before_the_work() {
        Admission admission = shop.admitted(paid("1"));
        assertEquals(List.of("supported", "verify", "settle"), shop.bank.asked);
        assertEquals(Optional.of(Shop.receipt("1")), admission.receipt());
        assertEquals("alice", admission.payer());
        assertEquals(new Completion.Release(Shop.receipt("1")), admission.finish(Shop.bytes("report")));
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void in_the_ordinary_flow_there_is_no_receipt_before_the_end() {
        try (Shop ordinary = new Shop()) {
            Admission admission = ordinary.admitted(Shop.paid("1"));
            assertEquals(Optional.empty(), admission.receipt());
            assertEquals(
                    "admission: expected money that moved before the work, saw none; finish with the response",
                    assertThrows(IllegalStateException.class, admission::delivered)
                            .getMessage());
        }
    }

    @Test
    void a_kept_response_goes_out_again() {
        shop.bought(paid("1"), "report");
        assertEquals(new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(paid("1")));
    }

    @Test
    void a_response_that_went_out_unkept_is_a_duplicate_with_the_receipt() {
        shop.admitted(paid("1")).delivered();
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.CONFLICT,
                        ErrorCode.DUPLICATE_SETTLEMENT,
                        "the payment was settled and its response is not kept any more",
                        Optional.empty(),
                        Optional.of(Shop.receipt("1"))),
                shop.gate.decide(paid("1")));
        assertEquals(List.of(), shop.gate.undelivered(9));
    }

    @Test
    void a_failed_handler_runs_again_for_the_identical_request_and_is_not_paid_again() {
        shop.admitted(paid("1")).cancel();
        assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(paid("1"), "report"));
        assertEquals(1, shop.bank.moved());
        assertEquals(1, shop.bank.verified.size());
        assertEquals(
                List.of(
                        GateEvent.What.ADMITTED,
                        GateEvent.What.UNDELIVERED,
                        GateEvent.What.ADMITTED,
                        GateEvent.What.RELEASED),
                shop.whats());
    }

    @Test
    void a_handler_that_succeeded_once_does_not_run_again() {
        shop.admitted(paid("1")).cancel();
        shop.bought(paid("1"), "report");
        assertInstanceOf(Decision.Replay.class, shop.gate.decide(paid("1")));
    }

    @Test
    void money_without_work_buys_nothing_else() {
        shop.admitted(paid("1")).cancel();
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.CONFLICT,
                        ErrorCode.DUPLICATE_SETTLEMENT,
                        "the payment was used for another request",
                        Optional.empty(),
                        Optional.empty()),
                shop.gate.decide(paid("1").withBodyDigest("other")));
    }

    @Test
    void money_without_work_stands_in_the_refund_list_until_it_is_delivered() {
        shop.admitted(paid("1")).cancel();
        List<Charge> undelivered = shop.gate.undelivered(9);
        assertEquals(
                List.of("coin:main/alice/1"),
                undelivered.stream().map(charge -> charge.key().value()).toList());
        assertInstanceOf(Settlement.Settled.class, undelivered.get(0).known().orElseThrow());
        shop.bought(paid("1"), "report");
        assertEquals(List.of(), shop.gate.undelivered(9));
    }

    @Test
    void a_rejected_settlement_asks_for_a_fresh_payment_and_runs_nothing() {
        shop.bank.settlements.add(payment -> new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "no gold"));
        Decision.Challenge challenge = assertInstanceOf(Decision.Challenge.class, shop.gate.decide(paid("1")));
        assertEquals(Optional.of(ErrorCode.INSUFFICIENT_FUNDS), challenge.code());
        assertEquals(Optional.of(Shop.failure(ErrorCode.INSUFFICIENT_FUNDS, "no gold", "")), challenge.receipt());
        assertEquals(List.of(), shop.gate.undelivered(9));
    }

    @Test
    void a_pending_settlement_runs_nothing_and_goes_on_with_the_identical_request() {
        shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
        assertEquals(
                new Decision.RetryLater(
                        Decision.Wait.PENDING,
                        ErrorCode.SETTLEMENT_PENDING,
                        "the settlement is not known yet; come again with the same payment",
                        Duration.ofSeconds(3),
                        Optional.of(Shop.failure(ErrorCode.SETTLEMENT_PENDING, null, "tx-9"))),
                shop.gate.decide(paid("1")));
        assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(paid("1"), "report"));
        assertEquals(List.of("supported", "verify", "settle", "settle"), shop.bank.asked);
    }

    @Test
    void what_was_never_sent_leaves_the_payment_free() {
        shop.bank.settlements.add(payment -> new Settlement.Pending(Optional.empty(), false, Duration.ofSeconds(5)));
        assertInstanceOf(Decision.RetryLater.class, shop.gate.decide(paid("1")));
        shop.admitted(paid("1").withBodyDigest("other"));
    }

    @Test
    void a_seller_that_died_before_the_work_settles_again_and_works() {
        shop.admitted(paid("1"));
        shop.time.pass(Duration.ofSeconds(300));
        assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(paid("1"), "report"));
        assertEquals(1, shop.bank.moved());
        assertEquals(
                List.of("verify", "settle", "settle"),
                shop.bank.asked.stream()
                        .filter(asked -> !asked.equals("supported"))
                        .toList());
    }

    @Test
    void what_settled_is_delivered_although_the_facilitator_forgot_it() {
        shop.admitted(paid("1")).cancel();
        shop.bank.settlements.add(payment -> new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "no gold"));
        assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(paid("1"), "report"));
    }

    @Test
    void money_that_was_found_later_stands_in_the_refund_list() {
        shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
        shop.gate.decide(paid("1"));
        shop.time.pass(Duration.ofSeconds(3));
        assertEquals(0, shop.gate.poll());
        assertEquals(1, shop.gate.undelivered(9).size());
        assertEquals(List.of(GateEvent.What.PENDING, GateEvent.What.UNCLAIMED), shop.whats());
        assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(paid("1"), "report"));
    }

    @Test
    void an_offer_of_each_flow_is_paid_by_its_own() {
        try (Shop both = new Shop(gate -> gate.route(PricedRoute.of(
                "report", Shop.way().build(), Shop.way().flow(Flow.UPFRONT).build())))) {
            assertEquals(Optional.empty(), both.admitted(Shop.paid("1")).receipt());
            assertEquals(
                    Optional.of(Shop.receipt("2")), both.admitted(paid("2")).receipt());
        }
    }

    @Test
    void a_payer_cannot_choose_a_flow_that_is_not_offered() {
        Decision.Challenge challenge = assertInstanceOf(Decision.Challenge.class, shop.gate.decide(Shop.paid("1")));
        assertEquals(Optional.of(ErrorCode.NO_MATCHING_REQUIREMENTS), challenge.code());
    }

    @Test
    void escrow_and_a_flow_by_hand_are_refused_at_build() {
        GateConfigurationException refused = assertThrows(
                GateConfigurationException.class,
                () -> new Shop(gate -> gate.route(PricedRoute.of(
                        "report",
                        Shop.way().flow(Flow.ESCROW).build(),
                        Shop.way().extra(OFFER.extraOrEmpty().without("teller")).build()))));
        assertEquals(
                List.of(
                        "route report, coin on coin:main: flow: expected authorization or upfront, saw escrow,"
                                + " which waits for a scheme that uses it",
                        "route report, coin on coin:main: extra/paymentFlow: expected none, saw one; say flow(…)"
                                + " instead"),
                refused.problems());
    }
}
