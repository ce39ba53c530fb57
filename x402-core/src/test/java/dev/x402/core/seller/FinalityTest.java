package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.seller.GateEvent.What;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money that may go back: which of it serves, what its receipt says, and what happens when it goes. */
final class FinalityTest {
    private static final Duration WINDOW = Duration.ofDays(60);
    private static final ErrorCode RETURNED = new ErrorCode("insufficient_funds_return");

    private Shop shop = shop(gate -> gate.route(Shop.report()));

    private static Shop shop(UnaryOperator<PaymentGate.Builder> change) {
        return Shop.returning(WINDOW, change);
    }

    private void sell(UnaryOperator<WayToPay.Builder> terms) {
        shop.close();
        shop = shop(gate ->
                gate.route(PricedRoute.of("report", terms.apply(Shop.way()).build())));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Receipt receipt(Json.Obj extra) {
        return new Receipt("tx-alice-1", "alice", AtomicAmount.of(10_000), extra);
    }

    private static Function<Payment, Settlement> settled(Stage stage) {
        return settled(stage, Json.Obj.EMPTY);
    }

    private static Function<Payment, Settlement> settled(Stage stage, Json.Obj extra) {
        return payment -> new Settlement.Settled(receipt(extra), stage);
    }

    private static Function<Payment, Settlement> reversed() {
        return payment -> new Settlement.Reversed(receipt(Json.Obj.EMPTY), RETURNED);
    }

    private static SettleResponse shown(String finality, String finalAt) {
        SettleResponse plain = Shop.receipt("1");
        return new SettleResponse(
                true,
                null,
                null,
                plain.payer(),
                plain.transaction(),
                plain.network(),
                null,
                null,
                Json.Obj.EMPTY.with("finalAt", finalAt).with("finality", finality),
                Json.Obj.EMPTY);
    }

    private Decision.RetryLater waits(Completion completion) {
        return assertInstanceOf(Decision.RetryLater.class, completion);
    }

    // Which money serves

    @Test
    void returnable_money_serves_unless_the_seller_says_more() {
        assertInstanceOf(Completion.Release.class, shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void final_money_serves_whoever_waits_for_it() {
        sell(way -> way.serveAt(Stage.FINAL));
        shop.bank.settlements.add(settled(Stage.FINAL));
        assertInstanceOf(Completion.Release.class, shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_repeat_after_final_money_asks_nobody() {
        shop.bank.settlements.add(settled(Stage.FINAL));
        assertInstanceOf(Completion.Release.class, shop.bought(Shop.paid("1"), "report"));
        List<String> asked = List.copyOf(shop.bank.asked);
        assertInstanceOf(Decision.Replay.class, shop.gate.decide(Shop.paid("1")));
        assertEquals(asked, shop.bank.asked);
    }

    @Test
    void money_that_may_go_back_is_pending_for_who_waits_for_final_money() {
        sell(way -> way.serveAt(Stage.FINAL));
        Decision.RetryLater later = waits(shop.bought(Shop.paid("1"), "report"));
        assertEquals(Decision.Wait.PENDING, later.why());
        assertEquals(ErrorCode.SETTLEMENT_PENDING, later.code());
        assertEquals(Duration.ofHours(1), later.retryAfter());
        assertEquals("tx-alice-1", later.receipt().orElseThrow().transaction());
    }

    @Test
    void the_kept_response_goes_out_once_the_money_is_final() {
        sell(way -> way.serveAt(Stage.FINAL));
        waits(shop.bought(Shop.paid("1"), "report"));
        shop.time.pass(WINDOW);
        shop.bank.settlements.add(settled(Stage.FINAL));
        Decision.Replay replay = assertInstanceOf(Decision.Replay.class, shop.gate.decide(Shop.paid("1")));
        assertEquals(Shop.bytes("report"), replay.response());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_route_that_asks_for_less_by_now_does_not_lower_what_was_asked() {
        sell(way -> way.serveAt(Stage.FINAL));
        waits(shop.bought(Shop.paid("1"), "report"));
        try (Shop replica = new Shop(gate -> gate.route(Shop.report()), List.of(), shop.claims)) {
            Decision.RetryLater later =
                    assertInstanceOf(Decision.RetryLater.class, replica.gate.decide(Shop.paid("1")));
            assertEquals(Decision.Wait.PENDING, later.why());
        }
    }

    @Test
    void after_the_settlement_date_means_seen_money_waits_a_while() {
        sell(way -> way.serveAt(Stage.SETTLED));
        shop.bank.settlements.add(settled(Stage.SEEN));
        assertEquals(
                Duration.ofSeconds(2),
                waits(shop.bought(Shop.paid("1"), "report")).retryAfter());
        assertInstanceOf(Decision.Replay.class, shop.gate.decide(Shop.paid("1")));
    }

    @Test
    void a_small_payment_is_trusted() {
        sell(way -> way.serveAt(Stage.FINAL).trustUpTo("0.01 USD"));
        assertInstanceOf(Completion.Release.class, shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_payment_of_more_than_is_trusted_waits() {
        sell(way -> way.serveAt(Stage.FINAL).trustUpTo("0.009999 USD"));
        waits(shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void the_route_says_for_ways_that_do_not() {
        shop.close();
        shop = shop(gate -> gate.route(PricedRoute.builder("report")
                .serveAt(Stage.FINAL)
                .trustUpTo("0.001 USD")
                .way(Shop.way().build())
                .build()));
        waits(shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_way_overrules_its_route() {
        shop.close();
        shop = shop(gate -> gate.route(PricedRoute.builder("report")
                .serveAt(Stage.FINAL)
                .way(Shop.way().serveAt(Stage.SETTLED).build())
                .build()));
        assertInstanceOf(Completion.Release.class, shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void trust_without_a_stage_and_trust_in_no_price_are_problems_of_the_gate() {
        assertEquals(
                "2 problems of the gate:\n"
                        + "- route report, coin on coin:main: trustUpTo: expected beside a stage that larger payments wait"
                        + " for, saw none; add serveAt(…)\n"
                        + "- route other, coin on coin:main: trustUpTo: price: expected an amount such as $0.01, 0.01 EUR,"
                        + " 0.01 units or 10000 atomic, saw \"much\"",
                assertThrows(
                                GateConfigurationException.class,
                                () -> shop(gate -> gate.route(PricedRoute.of(
                                                "report",
                                                Shop.way().trustUpTo("0.01 USD").build()))
                                        .route(PricedRoute.of(
                                                "other",
                                                Shop.way()
                                                        .serveAt(Stage.FINAL)
                                                        .trustUpTo("much")
                                                        .build()))))
                        .getMessage());
    }

    // What the receipt says

    @Test
    void the_receipt_tells_finality_and_the_date_that_ends_the_window() {
        assertEquals(
                new Completion.Release(shown("returnable", "2026-03-02T00:00:00Z")),
                shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void the_facilitators_date_counts() {
        shop.bank.settlements.add(settled(Stage.SETTLED, Json.Obj.EMPTY.with("finalAt", "2026-01-06T17:00:00Z")));
        assertEquals(
                new Completion.Release(shown("returnable", "2026-01-06T17:00:00Z")),
                shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_date_that_the_rail_cannot_mean_does_not_count() {
        shop.bank.settlements.add(settled(Stage.SETTLED, Json.Obj.EMPTY.with("finalAt", "+999999999-12-31T00:00:00Z")));
        assertEquals(
                new Completion.Release(shown("returnable", "2026-03-02T00:00:00Z")),
                shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_repeat_tells_the_same_date() {
        shop.bought(Shop.paid("1"), "report");
        shop.time.pass(Duration.ofMinutes(5));
        Decision.Replay replay = assertInstanceOf(Decision.Replay.class, shop.gate.decide(Shop.paid("1")));
        assertEquals(shown("returnable", "2026-03-02T00:00:00Z"), replay.receipt());
    }

    @Test
    void where_money_cannot_go_back_the_receipt_says_nothing() {
        try (Shop chain = new Shop()) {
            assertEquals(new Completion.Release(Shop.receipt("1")), chain.bought(Shop.paid("1"), "report"));
        }
    }

    // Money that goes back

    @Test
    void a_return_reaches_the_seller_with_the_key_of_what_it_bought() {
        Admission admission = shop.admitted(Shop.paid("1"));
        admission.finish(Shop.bytes("report"));
        shop.time.pass(Duration.ofHours(6));
        shop.bank.settlements.add(reversed());
        assertEquals(0, shop.gate.poll());
        GateEvent last = shop.events.get(shop.events.size() - 1);
        assertEquals(What.REVERSED, last.what());
        assertEquals(Optional.of(admission.key()), last.key());
        assertEquals(Optional.of(RETURNED), last.code());
        assertEquals("report", last.route());
        assertEquals(
                Optional.of(Json.of("reversed")),
                Optional.ofNullable(last.receipt().orElseThrow().extra()).flatMap(extra -> extra.find("finality")));
    }

    @Test
    void a_return_is_told_once_and_nothing_is_asked_after_it() {
        shop.bought(Shop.paid("1"), "report");
        shop.time.pass(Duration.ofHours(6));
        shop.bank.settlements.add(reversed());
        shop.gate.poll();
        int asked = shop.bank.asked.size();
        for (int day = 0; day < 70; day++) {
            shop.time.pass(Duration.ofDays(1));
            shop.gate.poll();
        }
        assertEquals(asked, shop.bank.asked.size());
        assertEquals(List.of(What.ADMITTED, What.RELEASED, What.REVERSED), shop.whats());
    }

    @Test
    void what_was_returned_is_not_served_again() {
        shop.bought(Shop.paid("1"), "report");
        shop.bank.settlements.add(reversed());
        shop.time.pass(Duration.ofHours(6));
        shop.gate.poll();
        Decision.Reject reject = assertInstanceOf(Decision.Reject.class, shop.gate.decide(Shop.paid("1")));
        assertEquals(Decision.Refusal.CONFLICT, reject.why());
        assertEquals(RETURNED, reject.code());
    }

    @Test
    void money_that_may_go_back_is_asked_after_until_the_window_ends_and_not_for_ever() {
        shop.bought(Shop.paid("1"), "report");
        int before = shop.bank.asked.size();
        for (int hour = 0; hour < 24 * 90; hour++) {
            shop.time.pass(Duration.ofHours(1));
            shop.gate.poll();
        }
        assertEquals(60 * 4 + 1, shop.bank.asked.size() - before);
        assertEquals(List.of(What.ADMITTED, What.RELEASED), shop.whats());
    }

    @Test
    void final_money_is_not_asked_after() {
        shop.bank.settlements.add(settled(Stage.FINAL));
        shop.bought(Shop.paid("1"), "report");
        int before = shop.bank.asked.size();
        shop.time.pass(Duration.ofDays(1));
        shop.gate.poll();
        assertEquals(before, shop.bank.asked.size());
    }

    @Test
    void money_is_not_asked_after_once_it_is_final() {
        shop.bought(Shop.paid("1"), "report");
        shop.time.pass(Duration.ofHours(6));
        shop.bank.settlements.add(settled(Stage.FINAL));
        shop.gate.poll();
        int before = shop.bank.asked.size();
        shop.time.pass(Duration.ofDays(1));
        shop.gate.poll();
        assertEquals(before, shop.bank.asked.size());
    }

    @Test
    void a_rail_whose_window_is_shorter_than_the_asking_is_not_asked() {
        try (Shop brief = Shop.returning(Duration.ofMinutes(20), gate -> gate.route(Shop.report()))) {
            brief.bought(Shop.paid("1"), "report");
            int before = brief.bank.asked.size();
            brief.time.pass(Duration.ofHours(7));
            brief.gate.poll();
            assertEquals(before, brief.bank.asked.size());
        }
    }

    @Test
    void money_that_waits_to_be_final_and_goes_back_is_told_and_never_served() {
        sell(way -> way.serveAt(Stage.FINAL));
        waits(shop.bought(Shop.paid("1"), "report"));
        shop.time.pass(Duration.ofDays(2));
        shop.bank.settlements.add(reversed());
        assertEquals(0, shop.gate.poll());
        assertEquals(List.of(What.ADMITTED, What.PENDING, What.REVERSED), shop.whats());
        assertInstanceOf(Decision.Reject.class, shop.gate.decide(Shop.paid("1")));
    }

    @Test
    void a_facilitator_that_cannot_be_asked_changes_nothing() {
        shop.bought(Shop.paid("1"), "report");
        shop.time.pass(Duration.ofHours(6));
        shop.bank.settlements.add(payment -> new Settlement.Pending(Optional.empty(), true, Duration.ofSeconds(2)));
        shop.gate.poll();
        assertEquals(List.of(What.ADMITTED, What.RELEASED), shop.whats());
        shop.time.pass(Duration.ofHours(6));
        shop.bank.settlements.add(reversed());
        shop.gate.poll();
        assertEquals(List.of(What.ADMITTED, What.RELEASED, What.REVERSED), shop.whats());
    }
}
