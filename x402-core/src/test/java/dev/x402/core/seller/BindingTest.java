package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.market.Coin;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One payment pays one request. */
class BindingTest {
    private final Shop shop = new Shop(gate ->
            gate.route(Shop.report()).route(PricedRoute.of("twin", Shop.way().build())));

    @AfterEach
    void close() {
        shop.close();
    }

    private static Decision conflict() {
        return new Decision.Reject(
                Decision.Refusal.CONFLICT,
                ErrorCode.DUPLICATE_SETTLEMENT,
                "the payment was used for another request",
                Optional.empty(),
                Optional.empty());
    }

    private void conflictsAfterTheReport(ResourceRequest other) {
        shop.bought(Shop.paid("1"), "report");
        assertEquals(conflict(), shop.gate.decide(other));
        assertEquals(List.of("supported", "verify", "settle"), shop.bank.asked);
    }

    @Test
    void a_payment_of_an_equally_priced_route_conflicts() {
        conflictsAfterTheReport(
                ResourceRequest.of("GET", "twin", "/report", Shop.URL).withPayment(Coin.payment(Shop.OFFER, "1")));
    }

    @Test
    void a_payment_of_another_target_conflicts() {
        conflictsAfterTheReport(ResourceRequest.of("GET", "report", "/report?day=2", Shop.URL)
                .withPayment(Coin.payment(Shop.OFFER, "1")));
    }

    @Test
    void a_payment_of_another_method_conflicts() {
        conflictsAfterTheReport(
                ResourceRequest.of("POST", "report", "/report", Shop.URL).withPayment(Coin.payment(Shop.OFFER, "1")));
    }

    @Test
    void a_payment_of_another_body_conflicts() {
        conflictsAfterTheReport(Shop.paid("1").withBodyDigest("other"));
    }

    @Test
    void a_payment_of_another_tenant_conflicts() {
        conflictsAfterTheReport(Shop.paid("1").withTenant("other"));
    }

    @Test
    void a_payment_with_another_spelling_of_the_payer_conflicts() {
        conflictsAfterTheReport(Shop.paid(Coin.payment(Shop.OFFER, "ALICE", "1", "valid")));
    }

    @Test
    void who_knows_the_key_but_not_the_signature_gets_nothing() {
        conflictsAfterTheReport(Shop.paid(Coin.payment(Shop.OFFER, "alice", "1", "guessed")));
    }

    @Test
    void the_same_payment_conflicts_while_the_other_request_is_in_flight() {
        shop.admitted(Shop.paid("1"));
        assertEquals(conflict(), shop.gate.decide(Shop.paid("1").withBodyDigest("other")));
    }

    @Test
    void the_url_is_no_part_of_the_binding() {
        shop.bought(Shop.paid("1"), "report");
        assertEquals(
                new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")),
                shop.gate.decide(ResourceRequest.of("GET", "report", "/report", "https://mirror.example/report")
                        .withPayment(Coin.payment(Shop.OFFER, "1"))));
    }

    @Test
    void parts_do_not_run_together() {
        PaymentPayload payload = Coin.payment(Shop.OFFER, "1");
        Stream<ResourceRequest> requests = Stream.of(
                ResourceRequest.of("GET", "a", "bc", ""),
                ResourceRequest.of("GET", "ab", "c", ""),
                ResourceRequest.of("GETa", "b", "c", ""),
                ResourceRequest.of("GET", "a", "b", "").withBodyDigest("c"),
                ResourceRequest.of("GET", "a", "b", "").withTenant("c"));
        assertEquals(
                5,
                requests.map(request -> Binding.of(request, Shop.OFFER, Set.of(), payload.payload()))
                        .distinct()
                        .count());
    }

    @Test
    void every_term_of_the_offer_counts() {
        List<UnaryOperator<PaymentRequirements>> changes = Terms.changes();
        PaymentPayload payload = Coin.payment(Shop.OFFER, "1");
        assertEquals(
                changes.size() + 1,
                Stream.concat(Stream.of(Shop.OFFER), changes.stream().map(change -> change.apply(Shop.OFFER)))
                        .map(offer -> Binding.of(Shop.request(), offer, Set.of(), payload.payload()))
                        .distinct()
                        .count());
    }
}
