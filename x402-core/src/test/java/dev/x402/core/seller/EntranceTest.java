package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.seller.ResourceRequest.Place;
import dev.x402.core.seller.ResourceRequest.Proofs;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What extensions may do beyond declaring: let in, refuse, take sales in. */
class EntranceTest {
    private static final PaymentExtension.Refusal NO =
            new PaymentExtension.Refusal(true, new ErrorCode("gate_conflict"), "the gate says no");

    private static final class Door implements PaymentExtension, PaymentExtension.ServerSide {
        private Access access = new Access.Unknown();
        private Optional<PaymentExtension.Refusal> refusal = Optional.empty();
        private Optional<PaymentExtension.Refusal> reservation = Optional.empty();
        private boolean fails;
        private final List<Boolean> ended = new ArrayList<>();
        private final List<PaymentExtension.Sale> sales = new ArrayList<>();
        private final List<PaymentExtension.Visit> visits = new ArrayList<>();

        @Override
        public String key() {
            return "door";
        }

        @Override
        public Optional<ServerSide> server(Context context) {
            return Optional.of(this);
        }

        @Override
        public Set<String> proofs() {
            return Set.of("Ticket");
        }

        @Override
        public Access enter(Visit visit) {
            failing();
            visits.add(visit);
            return access;
        }

        @Override
        public Optional<Refusal> refuse(Visit visit, PaymentPayload payload) {
            failing();
            return refusal;
        }

        @Override
        public Optional<Refusal> reserve(Visit visit, PaymentPayload payload) {
            return reservation;
        }

        @Override
        public void became(Sale sale) {
            failing();
            sales.add(sale);
        }

        private void failing() {
            if (fails) {
                throw new IllegalStateException("the door is stuck");
            }
        }
    }

    private final Door door = new Door();
    private final Shop shop = new Shop(
            gate -> gate.route(PricedRoute.builder("report")
                    .way(Shop.way().build())
                    .extensions(Json.Obj.EMPTY.with("door", Json.of("ticket")))
                    .build()),
            List.of(door),
            null);

    @AfterEach
    void close() {
        shop.close();
    }

    private static ResourceRequest showing(String ticket) {
        return Shop.request()
                .withAttribute(Proofs.class, new Proofs(Map.of("Ticket", ticket)))
                .withAttribute(Place.class, new Place("/reports/{day}", Map.of("day", "monday")));
    }

    private Entrance granted() {
        door.access = new Access.Granted(new PaymentKey("coin/1"), "payer", Map.of("Ticket", "next"), door.ended::add);
        return assertInstanceOf(Decision.Grant.class, shop.gate.decide(showing("t")))
                .entrance();
    }

    @Test
    void who_bought_access_before_is_let_in_and_nobody_is_asked_for_a_price() {
        Entrance entrance = granted();
        assertEquals("payer", entrance.payer());
        assertEquals(new PaymentKey("coin/1"), entrance.key());
        assertEquals(Map.of("Ticket", "next"), entrance.answers());
        assertEquals(List.of(), shop.bank.asked);
    }

    @Test
    void an_extension_sees_the_route_as_the_server_matched_it() {
        granted().close();
        PaymentExtension.Visit visit = door.visits.get(0);
        assertEquals("report", visit.route());
        assertEquals("/reports/{day}", visit.template());
        assertEquals(Map.of("day", "monday"), visit.parameters());
        assertEquals(Map.of("Ticket", "t"), visit.proofs());
        assertEquals(Shop.URL, visit.resource().url());
        assertEquals(Optional.of(Json.of("ticket")), visit.declared());
    }

    @Test
    void a_visit_that_was_served_is_used_up_once() {
        try (Entrance entrance = granted()) {
            entrance.served();
        }
        assertEquals(List.of(true), door.ended);
    }

    @Test
    void a_visit_that_was_not_served_is_given_back() {
        granted().close();
        assertEquals(List.of(false), door.ended);
    }

    @Test
    void a_proof_that_does_not_let_in_is_told_in_the_challenge() {
        door.access = new Access.Denied(
                new ErrorCode("ticket_expired"), "Ticket: expected one of today", Map.of("Ticket", "again"));
        Decision.Challenge challenge = assertInstanceOf(Decision.Challenge.class, shop.gate.decide(showing("t")));
        assertEquals("ticket_expired", challenge.required().error());
        assertEquals(Optional.of(new ErrorCode("ticket_expired")), challenge.code());
        assertEquals(Map.of("Ticket", "again"), challenge.answers());
    }

    @Test
    void an_extension_that_fails_lets_nobody_in() {
        door.fails = true;
        Decision.Challenge challenge = assertInstanceOf(Decision.Challenge.class, shop.gate.decide(showing("t")));
        assertEquals("payment required", challenge.required().error());
    }

    @Test
    void what_is_shown_is_in_no_text() {
        assertFalse(showing("secret").toString().contains("secret"));
        assertFalse(granted().toString().contains("next"));
        assertFalse(door.visits.get(0).toString().contains("monday"));
    }

    @Test
    void a_payment_is_not_looked_at_as_a_visit() {
        door.access = new Access.Denied(new ErrorCode("never"), "never", Map.of());
        shop.admitted(Shop.paid("1").withAttribute(Proofs.class, new Proofs(Map.of("Ticket", "t"))));
        assertEquals(List.of(), door.visits);
    }

    @Test
    void a_refused_payment_is_neither_claimed_nor_verified() {
        door.refusal = Optional.of(NO);
        Decision.Reject reject = assertInstanceOf(Decision.Reject.class, shop.gate.decide(Shop.paid("1")));
        assertEquals(Decision.Refusal.CONFLICT, reject.why());
        assertEquals("the gate says no", reject.message());
        assertEquals(List.of("supported"), shop.bank.asked);
        door.refusal = Optional.empty();
        shop.admitted(Shop.paid("1"));
    }

    @Test
    void a_payment_that_nobody_can_judge_is_asked_to_come_again() {
        door.fails = true;
        Decision.RetryLater later = assertInstanceOf(Decision.RetryLater.class, shop.gate.decide(Shop.paid("1")));
        assertEquals(Decision.Wait.UNAVAILABLE, later.why());
        assertEquals(List.of("supported"), shop.bank.asked);
    }

    @Test
    void a_payment_that_cannot_be_reserved_gives_its_claim_up() {
        door.reservation = Optional.of(NO);
        assertInstanceOf(Decision.Reject.class, shop.gate.decide(Shop.paid("1")));
        door.reservation = Optional.empty();
        shop.admitted(Shop.paid("1"));
    }

    @Test
    void a_sale_is_told_with_our_route_and_the_receipt() {
        shop.bought(Shop.paid("1"), "report");
        PaymentExtension.Sale sale = door.sales.get(0);
        assertEquals("report", sale.route());
        assertEquals(
                Shop.receipt("1").payer(),
                assertInstanceOf(Settlement.Settled.class, sale.now()).receipt().payer());
    }

    @Test
    void a_sale_that_could_not_be_taken_in_is_told_again() {
        Admission admission = shop.admitted(Shop.paid("1"));
        door.fails = true;
        assertInstanceOf(Completion.Release.class, admission.finish(Shop.bytes("report")));
        door.fails = false;
        shop.time.pass(Duration.ofMinutes(5));
        shop.gate.poll();
        assertEquals(1, door.sales.size());
    }
}
