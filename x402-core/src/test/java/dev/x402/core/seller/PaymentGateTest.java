package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.seller.ResourceRequest.Presented;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Bytes;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaymentGateTest {
    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_request_without_payment_is_challenged_with_the_completed_offer() {
        assertEquals(
                new Decision.Challenge(
                        Shop.challenge("payment required"), Optional.empty(), "payment required", Optional.empty()),
                shop.gate.decide(Shop.request()));
    }

    @Test
    void an_undecodable_payment_is_malformed_and_can_start_again() {
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.MALFORMED,
                        ErrorCode.INVALID_X402_VERSION,
                        "/x402Version: expected 2, saw 7",
                        Optional.of(Shop.challenge("invalid_x402_version")),
                        Optional.empty()),
                shop.gate.decide(Shop.request()
                        .withPresented(new Presented.Malformed(
                                ErrorCode.INVALID_X402_VERSION, "/x402Version: expected 2, saw 7"))));
    }

    @Test
    void a_payload_without_its_schemes_shape_is_malformed() {
        PaymentPayload shapeless = PaymentPayload.of(null, Shop.OFFER, Json.Obj.EMPTY);
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.MALFORMED,
                        ErrorCode.INVALID_PAYLOAD,
                        "/from: expected a value, saw nothing",
                        Optional.of(Shop.challenge("invalid_payload")),
                        Optional.empty()),
                shop.gate.decide(Shop.paid(shapeless)));
    }

    @Test
    void a_verified_payment_admits_the_handler_and_nothing_is_settled_yet() {
        Admission admission = shop.admitted(Shop.paid("1"));
        assertEquals("alice", admission.payer());
        assertEquals(Shop.OFFER, admission.offer());
        assertEquals(List.of("supported", "verify"), shop.bank.asked);
    }

    @Test
    void a_settled_payment_releases_the_response_with_the_receipt() {
        assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void only_our_own_requirements_reach_the_facilitator() {
        PaymentPayload payload =
                Coin.payment(Shop.OFFER.withExtra(Shop.OFFER.extraOrEmpty().with("added", "by the client")), "1");
        shop.bought(Shop.paid(payload), "report");
        assertEquals(Shop.OFFER, shop.bank.verified.get(0).requirements());
        assertEquals(Shop.OFFER, shop.bank.settled.get(0).requirements());
        assertEquals(payload, shop.bank.settled.get(0).payload());
    }

    @Test
    void an_identical_payment_gets_the_stored_response_without_verification() {
        shop.bought(Shop.paid("1"), "report");
        shop.bank.asked.clear();
        assertEquals(new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
        assertEquals(List.of("settle"), shop.bank.asked);
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void an_identical_payment_after_ten_minutes_is_a_duplicate_with_the_receipt() {
        shop.bought(Shop.paid("1"), "report");
        shop.time.pass(Duration.ofMinutes(10));
        assertEquals(gone(), shop.gate.decide(Shop.paid("1")));
    }

    @Test
    void a_response_of_64_KiB_is_kept() {
        Bytes response = Bytes.of(new byte[64 * 1024]);
        shop.admitted(Shop.paid("1")).finish(response);
        assertEquals(new Decision.Replay(response, Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
    }

    @Test
    void a_larger_response_is_released_and_its_repeat_is_a_duplicate_with_the_receipt() {
        assertEquals(
                new Completion.Release(Shop.receipt("1")),
                shop.admitted(Shop.paid("1")).finish(Bytes.of(new byte[64 * 1024 + 1])));
        assertEquals(gone(), shop.gate.decide(Shop.paid("1")));
    }

    @Test
    void an_empty_response_is_kept_as_one() {
        shop.bought(Shop.paid("1"), "");
        assertEquals(new Decision.Replay(Shop.bytes(""), Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
    }

    private static Decision gone() {
        return new Decision.Reject(
                Decision.Refusal.CONFLICT,
                ErrorCode.DUPLICATE_SETTLEMENT,
                "the payment was settled and its response is not kept any more",
                Optional.empty(),
                Optional.of(Shop.receipt("1")));
    }

    @Test
    void an_invalid_payment_is_challenged_again_and_gives_its_claim_up() {
        PaymentPayload forged = Coin.payment(Shop.OFFER, "alice", "1", "forged");
        assertEquals(
                new Decision.Challenge(
                        Shop.challenge("invalid_coin_signature"),
                        Optional.of(new ErrorCode("invalid_coin_signature")),
                        "signature: does not hold",
                        Optional.empty()),
                shop.gate.decide(Shop.paid(forged)));
        assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_payment_that_the_facilitator_knows_as_spent_conflicts() {
        shop.bank.verifications.add(
                payment -> new Verification.Invalid(ErrorCode.DUPLICATE_SETTLEMENT, "the coin was spent", true));
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.CONFLICT,
                        ErrorCode.DUPLICATE_SETTLEMENT,
                        "the coin was spent",
                        Optional.empty(),
                        Optional.empty()),
                shop.gate.decide(Shop.paid("1")));
    }

    @Test
    void an_unavailable_verification_asks_to_come_again_and_gives_the_claim_up() {
        shop.bank.verifications.add(payment -> new Verification.Unavailable("the node sleeps", Duration.ofSeconds(4)));
        assertEquals(
                new Decision.RetryLater(
                        Decision.Wait.UNAVAILABLE,
                        ErrorCode.FACILITATOR_UNAVAILABLE,
                        "the node sleeps",
                        Duration.ofSeconds(4),
                        Optional.empty()),
                shop.gate.decide(Shop.paid("1")));
        shop.admitted(Shop.paid("1"));
    }

    @Test
    void a_throwing_verification_stops_the_payment_and_names_an_incident() {
        shop.bank.verifications.add(payment -> {
            throw new IllegalStateException("secret inside");
        });
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.BROKEN,
                        ErrorCode.UNEXPECTED_VERIFY_ERROR,
                        "the server failed and nothing was charged; its log names incident mjuohs00-1",
                        Optional.empty(),
                        Optional.empty()),
                shop.gate.decide(Shop.paid("1")));
        shop.admitted(Shop.paid("1"));
    }

    @Test
    void nobody_pays_himself() {
        assertEquals(
                new Decision.Challenge(
                        Shop.challenge("self_payment"),
                        Optional.of(new ErrorCode("self_payment")),
                        "payer: expected another account than the payee's, saw the payee",
                        Optional.empty()),
                shop.gate.decide(Shop.paid(Coin.payment(Shop.OFFER, "BOB", "1", "valid"))));
    }

    @Test
    void a_failed_handler_is_not_charged() {
        shop.admitted(Shop.paid("1")).cancel();
        assertEquals(0, shop.bank.moved());
        shop.admitted(Shop.paid("1"));
    }

    @Test
    void closing_cancels_what_was_not_ended() {
        try (Admission admission = shop.admitted(Shop.paid("1"))) {
            assertEquals("alice", admission.payer());
        }
        shop.admitted(Shop.paid("1"));
        assertEquals(List.of(GateEvent.What.ADMITTED, GateEvent.What.CANCELLED, GateEvent.What.ADMITTED), shop.whats());
    }

    @Test
    void closing_after_finishing_changes_nothing() {
        Admission admission = shop.admitted(Shop.paid("1"));
        admission.finish(Shop.bytes("report"));
        admission.close();
        assertEquals(new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
    }

    @Test
    void an_admission_finishes_once() {
        Admission admission = shop.admitted(Shop.paid("1"));
        admission.finish(Shop.bytes("report"));
        assertEquals(
                "admission was ended before: finish or cancel it once",
                assertThrows(IllegalStateException.class, () -> admission.finish(Shop.bytes("again")))
                        .getMessage());
    }

    @Test
    void a_cancelled_admission_does_not_finish() {
        Admission admission = shop.admitted(Shop.paid("1"));
        admission.cancel();
        assertThrows(IllegalStateException.class, () -> admission.finish(Shop.bytes("report")));
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void a_rejected_settlement_asks_for_a_fresh_payment_and_releases_nothing() {
        shop.bank.settlements.add(
                payment -> new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "alice has spent it elsewhere"));
        assertEquals(
                new Decision.Challenge(
                        Shop.challenge("insufficient_funds"),
                        Optional.of(ErrorCode.INSUFFICIENT_FUNDS),
                        "alice has spent it elsewhere",
                        Optional.of(Shop.failure(ErrorCode.INSUFFICIENT_FUNDS, "alice has spent it elsewhere", ""))),
                shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_settlement_that_was_another_ones_conflicts() {
        shop.bank.settlements.add(
                payment -> new Settlement.Rejected(ErrorCode.DUPLICATE_SETTLEMENT, "another seller was paid"));
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.CONFLICT,
                        ErrorCode.DUPLICATE_SETTLEMENT,
                        "another seller was paid",
                        Optional.empty(),
                        Optional.of(Shop.failure(ErrorCode.DUPLICATE_SETTLEMENT, "another seller was paid", ""))),
                shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_pending_settlement_keeps_its_transaction_and_asks_to_come_again() {
        shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
        assertEquals(pending("tx-9", "alice"), shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_pending_payment_gets_its_response_once_it_is_settled() {
        shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
        shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
        shop.bought(Shop.paid("1"), "report");
        assertEquals(pending("tx-9", null), shop.gate.decide(Shop.paid("1")));
        assertEquals(new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
        assertEquals(List.of("supported", "verify", "settle", "settle", "settle"), shop.bank.asked);
    }

    private static Decision.RetryLater pending(String transaction, @Nullable String payer) {
        return new Decision.RetryLater(
                Decision.Wait.PENDING,
                ErrorCode.SETTLEMENT_PENDING,
                "the settlement is not known yet; come again with the same payment",
                Duration.ofSeconds(3),
                Optional.of(Shop.failure(ErrorCode.SETTLEMENT_PENDING, null, payer, transaction)));
    }

    @Test
    void a_throwing_settlement_is_pending() {
        shop.bank.settlements.add(payment -> {
            throw new IllegalStateException("the line broke");
        });
        assertEquals(
                new Decision.RetryLater(
                        Decision.Wait.PENDING,
                        ErrorCode.SETTLEMENT_PENDING,
                        "the settlement is not known yet; come again with the same payment",
                        Duration.ofSeconds(2),
                        Optional.of(Shop.failure(ErrorCode.SETTLEMENT_PENDING, null, ""))),
                shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_settlement_that_never_started_is_unavailable_and_nothing_is_lost() {
        shop.bank.settlements.add(payment -> new Settlement.Pending(Optional.empty(), false, Duration.ofSeconds(5)));
        assertEquals(
                new Decision.RetryLater(
                        Decision.Wait.UNAVAILABLE,
                        ErrorCode.FACILITATOR_UNAVAILABLE,
                        "the settlement is not known yet; come again with the same payment",
                        Duration.ofSeconds(5),
                        Optional.of(Shop.failure(ErrorCode.FACILITATOR_UNAVAILABLE, null, ""))),
                shop.bought(Shop.paid("1"), "report"));
        assertEquals(new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
    }

    @Test
    void a_settlement_without_a_transaction_is_a_bad_answer() {
        shop.bank.settlements.add(payment -> settled("", 10_000));
        assertEquals(badAnswer(), shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void a_settlement_of_less_than_the_offer_is_a_bad_answer() {
        shop.bank.settlements.add(payment -> settled("tx", 9_999));
        assertEquals(badAnswer(), shop.bought(Shop.paid("1"), "report"));
    }

    private static Settlement settled(String transaction, long amount) {
        return new Settlement.Settled(
                new Receipt(transaction, "alice", AtomicAmount.of(amount), Json.Obj.EMPTY), Stage.SETTLED);
    }

    private static Completion badAnswer() {
        return new Decision.Reject(
                Decision.Refusal.BAD_ANSWER,
                ErrorCode.FACILITATOR_RESPONSE_INVALID,
                "the facilitator says settled without proof of the whole amount; come again with the same payment",
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void a_reversed_payment_conflicts_with_its_transaction() {
        shop.bought(Shop.paid("1"), "report");
        shop.bank.settlements.add(payment -> new Settlement.Reversed(
                new Receipt("tx-alice-1", "alice", AtomicAmount.of(10_000), Json.Obj.EMPTY),
                new ErrorCode("returned_r01")));
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.CONFLICT,
                        new ErrorCode("returned_r01"),
                        "the payment was reversed",
                        Optional.empty(),
                        Optional.of(Shop.failure(new ErrorCode("returned_r01"), null, "tx-alice-1"))),
                shop.gate.decide(Shop.paid("1")));
        assertEquals(List.of(GateEvent.What.ADMITTED, GateEvent.What.RELEASED, GateEvent.What.REVERSED), shop.whats());
    }

    @Test
    void the_payers_word_for_the_resource_is_ignored() {
        PaymentPayload lying = new PaymentPayload(
                ResourceInfo.of("https://shop.example/expensive"),
                Shop.OFFER,
                Coin.payment(Shop.OFFER, "1").payload(),
                null,
                Json.Obj.EMPTY);
        assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(Shop.paid(lying), "report"));
    }

    @Test
    void an_unknown_route_is_a_mistake_of_the_caller() {
        assertEquals(
                "route: expected one of [report], saw \"other\"; add it to the gate",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> shop.gate.decide(ResourceRequest.of("GET", "other", "/", Shop.URL)))
                        .getMessage());
    }
}
