package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.http.server.App.Page;
import dev.x402.http.toy.ToyShop;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a buyer sees of a seller, on every server: {@code /paid} costs, {@code /free} does not. */
abstract class SellerContract extends HostilePayerContract {
    private static final String SIZED = "POST /sized HTTP/1.1";

    // The ordinary way

    @Test
    void a_free_path_is_passed_on() {
        Seen seen = send("GET /free HTTP/1.1");
        assertEquals(200, seen.status());
        assertEquals("toy", seen.body());
        assertEquals("", seen.header("PAYMENT-RESPONSE"));
    }

    @Test
    void a_priced_path_asks_for_payment_in_header_and_body() {
        Seen seen = send(REQUEST);
        assertEquals(402, seen.status());
        assertEquals("no-store", seen.header("Cache-Control"));
        assertEquals("application/json", seen.header("Content-Type"));
        assertEquals(List.of(ToyShop.OFFER), seen.required().accepts());
        assertEquals(seen.required(), Codec.PAYMENT_REQUIRED.read(seen.body().getBytes(StandardCharsets.UTF_8)));
        assertEquals("", seen.header("PAYMENT-RESPONSE"));
        assertEquals(List.of(), calls);
    }

    @Test
    void the_origin_of_the_resource_is_the_configured_one() {
        Seen seen = send("GET /paid?q=1 HTTP/1.1", "X-Forwarded-Host: evil.example");
        assertEquals("https://shop.example/paid?q=1", seen.required().resource().url());
    }

    @Test
    void a_paid_request_gets_response_and_receipt() {
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(200, seen.status());
        assertEquals("toy", seen.body());
        assertEquals("text/plain", seen.header("Content-Type"));
        assertEquals("a=1, b=2", seen.header("Set-Cookie"));
        assertEquals("private", seen.header("Cache-Control"));
        SettleResponse receipt = seen.receipt();
        assertTrue(receipt.success());
        assertEquals("tx-n1", receipt.transaction());
        assertEquals(List.of("verify n1", "settle n1"), shop.bank.asked);
    }

    @Test
    void a_handler_knows_who_paid() {
        send(REQUEST, paying("n1"));
        Paid paid = (Paid) calls.get(0).paid();
        assertEquals("payer", paid.payer());
        assertEquals(Optional.of(ToyShop.OFFER), paid.offer());
        assertEquals(Optional.empty(), paid.receipt());
    }

    @Test
    void a_body_that_was_read_for_the_payment_reaches_the_handler() {
        app = call -> Page.of(200, call.body());
        assertEquals(
                "hello", sendBody("hello", "POST /post HTTP/1.1", paying("n1")).body());
    }

    @Test
    void an_identical_repeat_gets_the_same_again_and_is_neither_paid_nor_run_twice() {
        Seen first = send(REQUEST, paying("n1"));
        Seen again = send(REQUEST, paying("n1"));
        assertEquals(200, again.status());
        assertEquals(first.body(), again.body());
        assertEquals(first.receipt(), again.receipt());
        assertEquals("a=1, b=2", again.header("Set-Cookie"));
        assertEquals(1, calls.size());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void the_same_payment_for_another_body_is_409() {
        sendBody("one", "POST /post HTTP/1.1", paying("n1"));
        Seen seen = sendBody("two", "POST /post HTTP/1.1", paying("n1"));
        assertEquals(409, seen.status());
        assertEquals("", seen.header("PAYMENT-REQUIRED"));
        assertEquals(ErrorCode.DUPLICATE_SETTLEMENT, seen.receipt().errorReason());
        assertEquals(1, calls.size());
    }

    @Test
    void an_identical_request_in_flight_is_409_with_retry_after() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        app = call -> {
            running.countDown();
            go.await();
            return Page.of(200, "toy");
        };
        List<Seen> first = Collections.synchronizedList(new ArrayList<>());
        send("GET /free-start HTTP/1.1".replace("/free-start", "/paid"));
        Thread one = new Thread(() -> first.add(send(REQUEST, paying("n1"))));
        one.start();
        running.await();
        Seen second = send(REQUEST, paying("n1"));
        go.countDown();
        one.join();
        assertEquals(409, second.status());
        assertFalse(second.header("Retry-After").isEmpty());
        assertEquals("no-store", second.header("Cache-Control"));
        assertEquals(200, first.get(0).status());
        assertEquals(1, calls.size());
    }

    // What arrives malformed

    @ParameterizedTest
    @ValueSource(strings = {"PAYMENT-SIGNATURE:", "PAYMENT-SIGNATURE:    ", "X-PAYMENT: "})
    void a_blank_payment_header_counts_as_absent(String header) {
        Seen seen = send(REQUEST, header);
        assertEquals(402, seen.status());
        assertEquals("", seen.header("PAYMENT-RESPONSE"));
    }

    @Test
    void two_payment_headers_are_400() {
        Seen seen = send(REQUEST, paying("n1"), paying("n2"));
        assertEquals(400, seen.status());
        assertEquals(
                "{\"error\":\"invalid_payload\",\"message\":\"PAYMENT-SIGNATURE: expected one payment, saw several\"}",
                seen.body());
        assertEquals(1, seen.required().accepts().size());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_list_of_payments_in_one_header_is_400() {
        Seen seen = send(REQUEST, paying("n1") + ", " + ToyShop.payment("n2"));
        assertEquals(400, seen.status());
        assertTrue(seen.body().contains("expected one payment, saw several"), seen.body());
    }

    @Test
    void payment_headers_of_both_versions_are_400() {
        Seen seen = send(REQUEST, paying("n1"), "X-PAYMENT: " + ToyShop.payment("n1"));
        assertEquals(400, seen.status());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_payment_of_version_1_alone_is_400_and_names_the_version() {
        Seen seen = send(REQUEST, "X-PAYMENT: " + ToyShop.payment("n1"));
        assertEquals(400, seen.status());
        assertEquals(
                "{\"error\":\"invalid_x402_version\",\"message\":\"X-PAYMENT: expected no payment of version 1, saw"
                        + " one; send PAYMENT-SIGNATURE of version 2\"}",
                seen.body());
    }

    @Test
    void a_payment_header_of_8192_characters_is_read_and_one_more_is_431() {
        assertEquals(
                400, send(REQUEST, "PAYMENT-SIGNATURE: " + "A".repeat(8192)).status());
        Seen seen = send(REQUEST, "PAYMENT-SIGNATURE: " + "A".repeat(8193));
        assertEquals(431, seen.status());
        assertEquals(
                "{\"error\":\"payload_too_large\",\"message\":\"PAYMENT-SIGNATURE: expected at most 8192 characters,"
                        + " saw more\"}",
                seen.body());
    }

    @Test
    void a_wrong_version_is_400() {
        String json = new String(Base64.getDecoder().decode(ToyShop.payment("n1")), StandardCharsets.UTF_8)
                .replace("\"x402Version\":2", "\"x402Version\":3");
        Seen seen = send(REQUEST, "PAYMENT-SIGNATURE: " + base64(json));
        assertEquals(400, seen.status());
        assertTrue(seen.body().startsWith("{\"error\":\"invalid_x402_version\""), seen.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"x\"",
                "1",
                "null",
                "{}",
                "{\"x402Version\":2}",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "// {}",
                "{'a':1}"
            })
    void a_payment_that_is_none_is_400_and_carries_the_challenge(String json) {
        Seen seen = send(REQUEST, "PAYMENT-SIGNATURE: " + base64(json));
        assertEquals(400, seen.status());
        assertEquals(1, seen.required().accepts().size());
        assertTrue(seen.body().contains("\"message\":\"PAYMENT-SIGNATURE: "), seen.body());
        assertEquals(List.of(), shop.bank.asked);
        assertEquals(List.of(), calls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-_-_", "QQ", "QR==", "Q Q=", "QQ==="})
    void base64_that_is_not_canonical_is_400(String base64) {
        assertEquals(400, send(REQUEST, "PAYMENT-SIGNATURE: " + base64).status());
    }

    // What is refused

    @Test
    void a_payment_that_matches_no_offer_is_402_with_the_reason() {
        String cheap = Codec.PAYMENT_PAYLOAD.writeHeader(dev.x402.spec.PaymentPayload.of(
                null,
                ToyShop.OFFER.withAmount(dev.x402.spec.AtomicAmount.of(1)),
                Json.Obj.EMPTY.with("nonce", "n1").with("signature", "valid")));
        Seen seen = send(REQUEST, "PAYMENT-SIGNATURE: " + cheap);
        assertEquals(402, seen.status());
        assertEquals(ErrorCode.NO_MATCHING_REQUIREMENTS, seen.receipt().errorReason());
        assertEquals(1, seen.required().accepts().size());
    }

    @Test
    void a_payment_that_does_not_verify_is_402_with_the_reason_of_the_scheme() {
        Seen seen = send(REQUEST, "PAYMENT-SIGNATURE: " + ToyShop.payment("n1", "forged"));
        assertEquals(402, seen.status());
        assertEquals(new ErrorCode("invalid_toy_signature"), seen.receipt().errorReason());
        assertFalse(seen.receipt().success());
        assertEquals("", seen.receipt().transaction());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_settlement_that_is_rejected_is_402_and_nothing_of_the_response_leaks() {
        shop.bank.settlements.add(p -> new Settlement.Rejected(ErrorCode.INVALID_TRANSACTION_STATE, "it reverted"));
        app = call -> Page.of(200, "secret toy").with("Set-Cookie", "session=1").with("ETag", "\"v1\"");
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(402, seen.status());
        assertEquals(ErrorCode.INVALID_TRANSACTION_STATE, seen.receipt().errorReason());
        assertEquals("", seen.header("Set-Cookie"));
        assertEquals("", seen.header("ETag"));
        assertFalse(seen.body().contains("secret"), seen.body());
        assertEquals("no-store", seen.header("Cache-Control"));
    }

    @Test
    void a_settlement_that_is_pending_is_503_with_its_transaction_and_never_402() {
        shop.bank.settlements.add(p -> new Settlement.Pending(Optional.of("tx9"), true, Duration.ofSeconds(4)));
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(503, seen.status());
        assertEquals("4", seen.header("Retry-After"));
        assertEquals(ErrorCode.SETTLEMENT_PENDING, seen.receipt().errorReason());
        assertEquals("tx9", seen.receipt().transaction());
        assertEquals("", seen.header("PAYMENT-REQUIRED"));
        assertFalse(seen.body().contains("toy\""), seen.body());
    }

    @Test
    void a_pending_payment_that_is_repeated_gets_what_it_bought() {
        shop.bank.settlements.add(p -> new Settlement.Pending(Optional.of("tx9"), true, Duration.ofSeconds(4)));
        send(REQUEST, paying("n1"));
        Seen again = send(REQUEST, paying("n1"));
        assertEquals(200, again.status());
        assertEquals("toy", again.body());
        assertEquals(1, calls.size());
    }

    @Test
    void a_facilitator_that_cannot_verify_is_503_and_runs_nothing() {
        shop.bank.verifications.add(p -> new Verification.Unavailable("down", Duration.ofSeconds(3)));
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(503, seen.status());
        assertEquals("3", seen.header("Retry-After"));
        assertEquals(ErrorCode.FACILITATOR_UNAVAILABLE, seen.receipt().errorReason());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_facilitator_that_is_not_ready_is_503_and_never_free() {
        shop.bank.down = true;
        Seen seen = send(REQUEST);
        assertEquals(503, seen.status());
        assertFalse(seen.header("Retry-After").isEmpty());
        assertEquals("no-store", seen.header("Cache-Control"));
        assertEquals(List.of(), calls);
    }

    @Test
    void a_proof_of_too_little_is_502() {
        shop.bank.settlements.add(p -> new Settlement.Settled(
                new dev.x402.spi.Receipt("tx1", "payer", dev.x402.spec.AtomicAmount.of(1), Json.Obj.EMPTY),
                dev.x402.spi.Stage.FINAL));
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(502, seen.status());
        assertTrue(seen.body().startsWith("{\"error\":\"facilitator_response_invalid\""), seen.body());
    }

    // Handlers

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 503, 304})
    void a_handler_that_fails_is_not_charged(int status) {
        app = call -> Page.of(status, status == 304 ? "" : "sorry");
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(status, seen.status());
        assertEquals(status == 304 ? "" : "sorry", seen.body());
        assertEquals(new ErrorCode("not_charged"), seen.receipt().errorReason());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void a_payment_that_was_not_charged_can_be_used_again() {
        app = call -> Page.of(500, "sorry");
        send(REQUEST, paying("n1"));
        app = call -> Page.of(200, "toy");
        Seen again = send(REQUEST, paying("n1"));
        assertEquals(200, again.status());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_redirect_of_a_handler_is_charged() {
        app = call -> Page.of(303, "").with("Location", "/elsewhere");
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(303, seen.status());
        assertTrue(seen.header("Location").endsWith("/elsewhere"), seen.header("Location"));
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_handler_that_throws_is_500_without_its_words_and_not_charged() {
        app = call -> {
            throw new IllegalStateException("the key is 42");
        };
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(500, seen.status());
        assertEquals("{\"error\":\"handler_failed\",\"message\":\"the handler broke, incident 1\"}", seen.body());
        assertEquals(new ErrorCode("not_charged"), seen.receipt().errorReason());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void a_response_over_the_limit_is_an_error_before_settling() {
        routes.responseLimit(1000);
        app = call -> Page.of(200, "x".repeat(1001));
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(500, seen.status());
        assertEquals(
                "{\"error\":\"response_too_large\",\"message\":\"response: expected at most 1000 bytes, saw more;"
                        + " nothing was charged\"}",
                seen.body());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void a_response_of_the_limit_is_sent() {
        routes.responseLimit(1000);
        app = call -> Page.of(200, "x".repeat(1000));
        assertEquals(1000, send(REQUEST, paying("n1")).body().length());
    }

    @Test
    void a_request_over_the_limit_is_413() {
        routes.requestLimit(10);
        Seen seen = sendBody("x".repeat(11), "POST /post HTTP/1.1", paying("n1"));
        assertEquals(413, seen.status());
        assertEquals(List.of(), shop.bank.asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public, max-age=60 | max-age=60, private",
                "max-age=60, Public | max-age=60, private",
                "public, no-store | no-store",
                "private, public | private",
                "no-cache=\"private-note\" | no-cache=\"private-note\", private"
            })
    void what_is_paid_is_never_public(String said, String sent) {
        app = call -> Page.of(200, "toy").with("Cache-Control", said);
        assertEquals(sent, send(REQUEST, paying("n1")).header("Cache-Control"));
    }

    // Paths and methods

    @ParameterizedTest
    @ValueSource(strings = {"/paid", "/paid/", "/paid;x=1", "/%70aid", "/paid;jsessionid=1?q=2"})
    void every_spelling_that_reaches_the_handler_is_priced(String path) {
        assertEquals(402, send("GET " + path + " HTTP/1.1").status());
        assertEquals(List.of(), calls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x%2Fpaid",
                "/x%5Cpaid",
                "//paid",
                "/./paid",
                "/x/../paid",
                "/%2e/paid",
                "/paid%",
                "/paid%zz",
                "/paid%c0%80",
                "/paid%00",
                "/paid%0A",
                "/paid%3Bx",
                "/free/..;/paid",
                "/;/paid"
            })
    void a_path_with_several_readings_never_reaches_a_handler(String path) {
        int status = send("GET " + path + " HTTP/1.1").status();
        assertTrue(status >= 400, path + " gave " + status);
        assertEquals(List.of(), calls);
    }

    @Test
    void a_double_escape_is_another_path_and_no_way_in() {
        assertEquals(200, send("GET /%2570aid HTTP/1.1").status());
        assertEquals("/%70aid", calls.get(0).path());
    }

    @Test
    void head_is_priced_like_get() {
        Seen seen = send("HEAD /paid HTTP/1.1");
        assertEquals(402, seen.status());
        assertEquals("", seen.body());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_paid_head_has_no_body_and_a_receipt() {
        Seen seen = send("HEAD /paid HTTP/1.1", paying("n1"));
        assertEquals(200, seen.status());
        assertEquals("", seen.body());
        assertTrue(seen.receipt().success());
    }

    @Test
    void options_is_answered_without_the_handler() {
        Seen seen = send("OPTIONS /paid HTTP/1.1", "Origin: https://app.example");
        assertEquals(204, seen.status());
        assertEquals("GET, HEAD, OPTIONS", seen.header("Allow"));
        assertEquals("", seen.header("Access-Control-Allow-Origin"));
        assertEquals(List.of(), calls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "DELETE", "PUT", "FOO"})
    void a_method_that_is_not_listed_does_not_reach_the_handler(String method) {
        int status = send(method + " /paid HTTP/1.1").status();
        assertTrue(status == 405 || status == 501, method + " gave " + status);
        assertEquals(List.of(), calls);
    }

    @Test
    void a_method_that_is_listed_as_free_is_passed_on() {
        routes.free("DELETE", "/paid");
        assertEquals(200, send("DELETE /paid HTTP/1.1").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void a_header_that_overrides_the_method_is_400(String header) {
        assertEquals(400, send(REQUEST, header + ": DELETE").status());
        assertEquals(List.of(), calls);
    }

    @Test
    void headers_that_rewrite_the_path_are_ignored() {
        Seen seen = send("GET /free HTTP/1.1", "X-Original-URL: /paid", "X-Rewrite-URL: /paid");
        assertEquals("/free", calls.get(0).path());
        assertEquals(200, seen.status());
    }

    @Test
    void a_web_socket_on_a_priced_path_is_refused() {
        assertEquals(400, send(REQUEST, "Upgrade: websocket").status());
    }

    @Test
    void a_conditional_request_is_priced_like_any_other() {
        assertEquals(
                402, send(REQUEST, "If-None-Match: \"v1\"", "Range: bytes=0-1").status());
    }

    @Test
    void paths_that_are_not_listed_can_be_refused() {
        routes.listedOnly();
        assertEquals(404, send("GET /free HTTP/1.1").status());
        assertEquals(List.of(), calls);
    }

    // Browsers

    @Test
    void scripts_of_a_listed_origin_may_read_the_headers() {
        routes.corsOrigins(java.util.Set.of("https://app.example"));
        Seen seen = send(REQUEST, "Origin: https://app.example");
        assertEquals("https://app.example", seen.header("Access-Control-Allow-Origin"));
        assertEquals("PAYMENT-REQUIRED, PAYMENT-RESPONSE", seen.header("Access-Control-Expose-Headers"));
        assertEquals("Origin", seen.header("Vary"));
        assertEquals("", send(REQUEST, "Origin: https://evil.example").header("Access-Control-Allow-Origin"));
    }

    @Test
    void a_preflight_of_a_listed_origin_allows_the_payment_header() {
        routes.corsOrigins(java.util.Set.of("https://app.example"));
        Seen seen = send("OPTIONS /paid HTTP/1.1", "Origin: https://app.example", "Access-Control-Request-Method: GET");
        assertEquals("https://app.example", seen.header("Access-Control-Allow-Origin"));
        assertEquals("PAYMENT-SIGNATURE, Content-Type", seen.header("Access-Control-Allow-Headers"));
    }

    @Test
    void the_body_of_a_402_can_be_a_page() {
        routes.challengeBody((request, required, answer) -> answer.with("Content-Type", "text/html")
                .withBody(dev.x402.spi.Bytes.of("<p>pay</p>".getBytes(StandardCharsets.UTF_8))));
        Seen seen = send(REQUEST);
        assertEquals(402, seen.status());
        assertTrue(seen.header("Content-Type").startsWith("text/html"));
        assertEquals("<p>pay</p>", seen.body());
        assertEquals(1, seen.required().accepts().size());
    }

    // What is asked may depend on the request, what is charged on the work

    private PaymentRequirements quoted(String body, String... lines) {
        routes.price("POST", "/sized", "sized");
        return sendBody(body, lines).required().accepts().get(0);
    }

    private static String payingQuote(PaymentRequirements quote) {
        return "PAYMENT-SIGNATURE: "
                + Codec.PAYMENT_PAYLOAD.writeHeader(PaymentPayload.of(
                        null, quote, Json.Obj.EMPTY.with("nonce", "q1").with("signature", "valid")));
    }

    @Test
    void a_price_may_depend_on_the_body() {
        assertEquals(AtomicAmount.of(50), quoted("12345", SIZED).amount());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_quote_is_honoured_after_the_price_rose() {
        PaymentRequirements quote = quoted("12345", SIZED);
        shop.tariff = 11;
        assertEquals(200, sendBody("12345", SIZED, payingQuote(quote)).status());
        assertEquals("12345", calls.get(0).body());
    }

    @Test
    void a_quote_of_a_small_body_buys_no_large_one() {
        PaymentRequirements quote = quoted("12345", SIZED);
        Seen seen = sendBody("123456", SIZED, payingQuote(quote));
        assertEquals(402, seen.status());
        assertEquals(ErrorCode.NO_MATCHING_REQUIREMENTS, seen.receipt().errorReason());
        assertEquals(AtomicAmount.of(60), seen.required().accepts().get(0).amount());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_quote_of_one_caller_is_not_anothers() {
        PaymentRequirements quote = quoted("12345", SIZED, "Authorization: Bearer member");
        shop.tariff = 11;
        assertEquals(402, sendBody("12345", SIZED, payingQuote(quote)).status());
        assertEquals(
                402,
                sendBody("12345", SIZED, "Authorization: Bearer stranger", payingQuote(quote))
                        .status());
        assertEquals(
                200,
                sendBody("12345", SIZED, "Authorization: Bearer member", payingQuote(quote))
                        .status());
    }

    @Test
    void who_calls_may_be_named_by_the_server() {
        routes.caller(request -> String.join("", request.headers("X-Account")));
        PaymentRequirements quote = quoted("12345", SIZED, "X-Account: a", "Authorization: Bearer 1");
        shop.tariff = 11;
        assertEquals(
                402,
                sendBody("12345", SIZED, "X-Account: b", payingQuote(quote)).status());
        assertEquals(
                200,
                sendBody("12345", SIZED, "X-Account: a", "Authorization: Bearer 2", payingQuote(quote))
                        .status());
    }

    @Test
    void a_body_over_the_limit_is_413_before_its_price_is_asked() {
        routes.price("POST", "/sized", "sized").requestLimit(5);
        assertEquals(413, sendBody("123456", SIZED).status());
    }

    @Test
    void a_price_function_that_fails_is_500_with_an_incident_and_runs_nothing() {
        routes.price("POST", "/sized", "sized");
        shop.tariff = -1;
        Seen seen = sendBody("12345", SIZED);
        assertEquals(500, seen.status());
        assertTrue(
                seen.body()
                        .matches(
                                "\\{\"error\":\"unexpected_verify_error\",\"message\":\"the server failed and nothing was charged;"
                                        + " its log names incident [0-9a-z]+-1\"}"),
                seen.body());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_caller_that_cannot_be_named_is_500_and_never_free() {
        routes.caller(request -> {
            throw new IllegalStateException("no accounts");
        });
        assertEquals(500, send(REQUEST, paying("n1")).status());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_handler_charges_what_was_used() {
        shop.toy.metered = true;
        app = call -> {
            // snippet: charge
            Paid paid = (Paid) call.paid(); // request.getAttribute(Paid.ATTRIBUTE) of a servlet or an HttpExchange
            paid.charge(AtomicAmount.of(7));
            // end: charge
            return Page.of(200, "toy").with("X-Charge", "25");
        };
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(200, seen.status());
        assertEquals(AtomicAmount.of(7), seen.receipt().amount());
    }

    @Test
    void a_handler_cannot_charge_less_where_the_scheme_cannot() {
        app = call -> {
            ((Paid) call.paid()).charge(AtomicAmount.of(7));
            return Page.of(200, "toy");
        };
        assertEquals(500, send(REQUEST, paying("n1")).status());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void a_handler_that_charged_and_failed_is_not_charged() {
        shop.toy.metered = true;
        app = call -> {
            ((Paid) call.paid()).charge(AtomicAmount.of(7));
            return Page.of(500, "");
        };
        assertEquals(500, send(REQUEST, paying("n1")).status());
        assertEquals(0, shop.bank.moved());
    }

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
