package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.seller.Decision;
import dev.x402.core.seller.ResourceRequest.Presented;
import dev.x402.http.Answer;
import dev.x402.http.IncomingRequest;
import dev.x402.http.toy.ToyShop;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.ResourceInfo;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderingTest {
    private static final Presented NONE = new Presented.None();
    private static final Presented PAYMENT =
            new Presented.Payment(Codec.PAYMENT_PAYLOAD.readHeader(ToyShop.payment("n1")));
    private static final PaymentRequired REQUIRED =
            PaymentRequired.of(null, ResourceInfo.of("https://shop.example/paid"), List.of(ToyShop.OFFER));

    private final Rendering rendering = new Rendering(ChallengeBody.json());

    @ParameterizedTest
    @CsvSource({
        "IN_FLIGHT,duplicate_settlement,409",
        "PENDING,settlement_pending,503",
        "UNAVAILABLE,facilitator_unavailable,503",
        "UNAVAILABLE,reservation_unavailable,503"
    })
    void waiting_has_a_status_a_time_and_a_receipt(Decision.Wait why, String code, int status) {
        Answer answer = rendering.retry(
                PAYMENT,
                new Decision.RetryLater(why, ErrorCode.parse(code), "later", Duration.ofSeconds(3), Optional.empty()));
        assertEquals(status, answer.status());
        assertEquals(Optional.of("3"), answer.header("Retry-After"));
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        assertEquals(ErrorCode.parse(code), receipt(answer).errorReason());
        assertEquals(Optional.empty(), answer.header("PAYMENT-REQUIRED"));
    }

    @ParameterizedTest
    @CsvSource({
        "MALFORMED,invalid_payload,400",
        "MALFORMED,extension_echo_mismatch,400",
        "CONFLICT,duplicate_settlement,409",
        "BAD_ANSWER,facilitator_response_invalid,502",
        "BROKEN,unexpected_verify_error,500"
    })
    void a_refusal_has_a_status_and_no_time(Decision.Refusal why, String code, int status) {
        Answer answer = rendering.reject(
                PAYMENT, new Decision.Reject(why, ErrorCode.parse(code), "no", Optional.empty(), Optional.empty()));
        assertEquals(status, answer.status());
        assertEquals(Optional.empty(), answer.header("Retry-After"));
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        assertEquals(ErrorCode.parse(code), receipt(answer).errorReason());
    }

    @Test
    void the_receipt_of_the_gate_comes_before_one_of_ours() {
        SettleResponse known = Codec.SETTLE_RESPONSE.of(Json.Obj.EMPTY
                .with("success", new Json.Bool(false))
                .with("errorReason", "settlement_pending")
                .with("transaction", "tx9"));
        Answer answer = rendering.retry(
                PAYMENT,
                new Decision.RetryLater(
                        Decision.Wait.PENDING,
                        ErrorCode.SETTLEMENT_PENDING,
                        "later",
                        Duration.ofSeconds(3),
                        Optional.of(known)));
        assertEquals("tx9", receipt(answer).transaction());
    }

    @Test
    void without_a_payment_there_is_no_receipt() {
        Answer answer = rendering.retry(
                NONE,
                new Decision.RetryLater(
                        Decision.Wait.UNAVAILABLE,
                        ErrorCode.FACILITATOR_UNAVAILABLE,
                        "later",
                        Duration.ofSeconds(3),
                        Optional.empty()));
        assertEquals(Optional.empty(), answer.header("PAYMENT-RESPONSE"));
    }

    @Test
    void a_challenge_that_is_too_long_for_a_header_is_in_the_body_alone() {
        Json.Obj large = Json.Obj.EMPTY.with("a", "x".repeat(4000)).with("b", "x".repeat(4000));
        PaymentRequired required = new PaymentRequired(
                null, REQUIRED.resource(), REQUIRED.accepts(), REQUIRED.otherAccepts(), large, Json.Obj.EMPTY);
        Answer answer = rendering.challenge(
                new Nothing(), NONE, new Decision.Challenge(required, Optional.empty(), "pay", Optional.empty()));
        assertEquals(402, answer.status());
        assertEquals(Optional.empty(), answer.header("PAYMENT-REQUIRED"));
        assertEquals(required, Codec.PAYMENT_REQUIRED.read(answer.body().toArray()));
    }

    @Test
    void a_kept_answer_comes_back_as_it_was() {
        Answer answer =
                Answer.of(201).with("X-A", "ä b").with("Set-Cookie", "a=1").withBody(Bytes.of(new byte[] {0, 1, -1}));
        assertEquals(answer, AnswerBytes.read(AnswerBytes.write(answer)));
    }

    @Test
    void a_kept_answer_of_another_format_is_told() {
        Bytes other = Bytes.of(new byte[] {9});
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> AnswerBytes.read(other));
        assertEquals("kept response: expected format 1, saw 9", e.getMessage());
    }

    private static SettleResponse receipt(Answer answer) {
        return Codec.SETTLE_RESPONSE.readHeader(
                answer.header("PAYMENT-RESPONSE").orElseThrow());
    }

    /** A request that says nothing. */
    private record Nothing() implements IncomingRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public Optional<String> path() {
            return Optional.of("/");
        }

        @Override
        public String query() {
            return "";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public Optional<Bytes> body(int limit) {
            return Optional.empty();
        }
    }
}
