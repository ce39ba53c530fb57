package dev.x402.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.identifier.Reader.Asking;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments that come twice, changed or lost, over real HTTP. */
final class RepeatedPaymentTest {
    private static final String ID = "pay_7d5d747be160e280504c099d984bcfe0";
    private static final String FIELD = "extensions.payment-identifier.info.id: expected ";
    private static final String CONFLICT = FIELD + "a new identifier for a new payment or request, saw one that is"
            + " bound to another; repeat exactly what was sent, or choose another identifier";

    private Newsstand stand;
    private Reader reader;

    @BeforeEach
    void open() throws IOException {
        stand = new Newsstand();
        reader = new Reader(stand);
    }

    @AfterEach
    void close() {
        stand.close();
    }

    @Test
    void the_same_id_and_payment_get_the_stored_answer_and_pay_once() throws Exception {
        String payment = reader.payment("/paper", Reader.named(ID));
        HttpResponse<String> first = reader.send("/paper", payment);
        HttpResponse<String> second = reader.send("/paper", payment);
        assertEquals(201, first.statusCode());
        assertEquals(201, second.statusCode());
        assertEquals("paper 1", second.body());
        assertEquals("1", header(second, "Edition"));
        assertEquals(header(first, "PAYMENT-RESPONSE"), header(second, "PAYMENT-RESPONSE"));
        paidOnce();
    }

    @Test
    void an_answer_that_was_lost_comes_with_the_retry_of_our_client() throws Exception {
        stand.losing.set(1);
        PayingClient client = client();
        HttpRequest request = HttpRequest.newBuilder(stand.uri("/strict")).build();
        Outcome<String> outcome = client.send(request, BodyHandlers.ofString());
        if (outcome instanceof Outcome.Unknown<String> unknown) {
            outcome = client.send(request, BodyHandlers.ofString(), unknown.intent());
        }
        assertEquals("paper 1", paid(outcome).response().body());
        assertEquals(2, stand.payments.size());
        assertEquals(stand.payments.get(0), stand.payments.get(1));
        paidOnce();
    }

    @Test
    void our_client_names_each_payment_anew() throws Exception {
        PayingClient client = client();
        HttpRequest request = HttpRequest.newBuilder(stand.uri("/strict")).build();
        paid(client.send(request, BodyHandlers.ofString()));
        paid(client.send(request, BodyHandlers.ofString()));
        List<String> ids = stand.payments.stream()
                .map(Codec.PAYMENT_PAYLOAD::readHeader)
                .map(payload -> assertInstanceOf(Identifier.Named.class, Identifier.of(payload)))
                .map(Identifier.Named::id)
                .toList();
        assertTrue(ids.stream().allMatch(id -> id.matches("pay_[0-9a-f]{32}")), ids::toString);
        assertNotEquals(ids.get(0), ids.get(1));
        assertEquals(50, stand.taken());
    }

    @Test
    void the_same_id_with_another_payment_is_409_before_anybody_verifies() throws Exception {
        reader.send("/paper", reader.payment("/paper", Reader.named(ID)));
        int verified = stand.facilitator.verified.get();
        HttpResponse<String> other = reader.send("/paper", reader.payment("/paper", Reader.named(ID)));
        refused(other, 409, "payment_identifier_conflict", CONFLICT);
        assertEquals(verified, stand.facilitator.verified.get());
        paidOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /strict", "GET /paper?page=2", "POST /paper", "PUT /paper body"})
    void the_same_id_and_payment_for_another_request_is_409(String asked) throws Exception {
        PaymentPayload payload = reader.payload("/paper");
        assertEquals(
                201,
                reader.send("/paper", Reader.header(payload, Reader.named(ID))).statusCode());
        String[] words = asked.split(" ", -1);
        Asking other = new Asking(words[0], words[1], words.length > 2 ? words[2] : "", "");
        Json echo = Reader.named(words[1].equals("/strict"), Json.of(ID));
        HttpResponse<String> answer = reader.send(other, Reader.header(payload, echo));
        refused(answer, 409, "payment_identifier_conflict", CONFLICT);
        paidOnce();
    }

    @Test
    void the_id_of_another_sellers_payment_is_free() throws Exception {
        for (String tenant : List.of("one", "two")) {
            String payment = reader.payment("/paper", Reader.named(ID));
            assertEquals(
                    201,
                    reader.send(new Asking("GET", "/paper", "", tenant), payment)
                            .statusCode());
        }
        assertEquals(50, stand.taken());
    }

    @Test
    void a_required_id_that_is_absent_is_400() throws Exception {
        HttpResponse<String> answer = reader.send("/strict", reader.payment("/strict", Json.Null.NULL));
        refused(
                answer,
                400,
                "payment_identifier_required",
                FIELD + "an identifier of 16 to 128 letters, digits, hyphens and underscores, saw none; add one");
        assertEquals(0, stand.printed.get());
    }

    @Test
    void an_optional_id_may_be_absent() throws Exception {
        String payment = reader.payment("/paper", Json.Null.NULL);
        assertEquals(201, reader.send("/paper", payment).statusCode());
    }

    @Test
    void an_id_of_another_form_is_400_and_names_the_field() throws Exception {
        Map<Json, String> wrong = Map.of(
                Json.of("fifteen_letters"),
                "16 to 128 characters, saw 15",
                Json.of("x".repeat(129)),
                "16 to 128 characters, saw 129",
                Json.of("pay_0123456789 \u0000\n"),
                "letters, digits, hyphens and underscores, saw another character at index 14",
                Json.of("p\u00e4y_0123456789abcdef"),
                "letters, digits, hyphens and underscores, saw another character at index 1",
                Json.of(12345678901234567L),
                "a string, saw a number",
                Json.array(Json.of(ID)),
                "a string, saw an array",
                Json.of(true),
                "a string, saw a boolean");
        PaymentPayload payload = reader.payload("/paper");
        for (Map.Entry<Json, String> one : wrong.entrySet()) {
            String payment = Reader.header(payload, Reader.named(false, one.getKey()));
            refused(reader.send("/paper", payment), 400, "payment_identifier_invalid", FIELD + one.getValue());
        }
        assertEquals(
                201,
                reader.send("/paper", Reader.header(payload, Reader.named(ID))).statusCode());
    }

    @Test
    void a_payment_that_is_not_valid_takes_nobodys_id() throws Exception {
        PaymentPayload honest = reader.payload("/paper");
        String signature = honest.payload().text("signature").orElseThrow();
        String other = signature.substring(0, signature.length() - 1) + (signature.endsWith("0") ? "1" : "0");
        PaymentPayload forged = PaymentPayload.of(
                honest.resource(), honest.accepted(), honest.payload().with("signature", other));
        HttpResponse<String> refused = reader.send("/paper", Reader.header(forged, Reader.named(ID)));
        assertEquals(402, refused.statusCode(), refused.body());
        assertEquals(
                201,
                reader.send("/paper", Reader.header(honest, Reader.named(ID))).statusCode());
        paidOnce();
    }

    @Test
    void repeats_at_once_wait_for_the_one_answer() throws Exception {
        String payment = reader.payment("/strict", Reader.named(true, Json.of(ID)));
        for (HttpResponse<String> answer : sent(Collections.nCopies(8, payment))) {
            assertEquals("201 paper 1", answer.statusCode() + " " + answer.body());
        }
        paidOnce();
    }

    @Test
    void of_many_payments_at_once_by_one_id_one_is_taken() throws Exception {
        List<String> payments = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            payments.add(reader.payment("/strict", Reader.named(true, Json.of(ID))));
        }
        Map<Integer, Long> statuses =
                sent(payments).stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        assertEquals(Map.of(201, 1L, 409, 5L), statuses);
        paidOnce();
    }

    private void paidOnce() {
        assertEquals(1, stand.printed.get());
        assertEquals(25, stand.taken());
    }

    private static Outcome.Paid<String> paid(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Paid<String> paid) {
            return paid;
        }
        throw new AssertionError("expected Paid, saw " + outcome);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private static void refused(HttpResponse<String> answer, int status, String code, String message) {
        assertEquals(status, answer.statusCode(), answer.body());
        Json.Obj body = (Json.Obj) Codec.JSON.read(answer.body().getBytes(StandardCharsets.UTF_8));
        assertEquals(code, body.text("error").orElse(""), answer.body());
        assertEquals(message, body.text("message").orElse(""), answer.body());
    }

    private PayingClient client() {
        Clock clock = Clock.systemUTC();
        Payer payer = Payer.builder(stand.buying)
                .offers(BuyerPolicy.parse("only USD", "at most 1 USD per payment"))
                .spend(SpendPolicies.perPayment())
                .clock(clock)
                .build();
        return PayingClient.builder(payer, clock)
                .within(Duration.ofSeconds(120))
                .build();
    }

    /** All sent at once to the route that requires a name. */
    private List<HttpResponse<String>> sent(List<String> payments) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(payments.size());
        try {
            List<Callable<HttpResponse<String>>> sending = new ArrayList<>();
            payments.forEach(payment -> sending.add(() -> reader.send("/strict", payment)));
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : pool.invokeAll(sending)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
