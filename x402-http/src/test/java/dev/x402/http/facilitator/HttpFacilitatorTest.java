package dev.x402.http.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.JdkServer;
import dev.x402.http.Toys;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFacilitatorTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Payment PAYMENT = Toys.payment("n1");

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    // What may be believed

    @Test
    void every_outcome_of_our_own_endpoints_comes_back_as_it_was() {
        ScriptedFacilitator far = new ScriptedFacilitator();
        HttpFacilitator near = client(serve(new EndpointHandler(
                        FacilitatorEndpoints.builder(far, CLOCK).build())))
                .build();
        List<Settlement> outcomes = List.of(
                new Settlement.Rejected(new ErrorCode("invalid_toy_coin"), "not a coin"),
                new Settlement.Rejected(ErrorCode.DUPLICATE_SETTLEMENT, "paid for another request"),
                new Settlement.Pending(Optional.of("tx9"), true, Duration.ofSeconds(4)),
                new Settlement.Settled(Toys.receipt("tx1"), Stage.SEEN));
        for (Settlement outcome : outcomes) {
            far.settle = payment -> outcome;
            Settlement arrived = near.settle(PAYMENT, by());
            if (outcome instanceof Settlement.Settled) {
                Settlement.Settled settled = assertInstanceOf(Settlement.Settled.class, arrived);
                assertEquals(Stage.SEEN, settled.stage());
                assertEquals("tx1", settled.receipt().reference());
                assertEquals("payer", settled.receipt().payer());
            } else {
                assertEquals(outcome, arrived);
            }
        }
    }

    @Test
    void a_reversal_at_our_own_endpoints_is_a_reversal_here() {
        ScriptedFacilitator far = new ScriptedFacilitator();
        far.settle = payment -> new Settlement.Reversed(Toys.receipt("tx1"), new ErrorCode("R01"));
        HttpFacilitator near = client(serve(new EndpointHandler(
                        FacilitatorEndpoints.builder(far, CLOCK).build())))
                .build();
        Settlement.Reversed reversed = assertInstanceOf(Settlement.Reversed.class, near.settle(PAYMENT, by()));
        assertEquals(new ErrorCode("R01"), reversed.code());
        assertEquals("tx1", reversed.receipt().reference());
    }

    @Test
    void a_rail_that_takes_days_is_asked_by_the_hour() {
        ScriptedFacilitator far = new ScriptedFacilitator();
        far.settle = payment -> new Settlement.Pending(Optional.of("tx9"), true, Duration.ofHours(20));
        HttpFacilitator near = client(serve(new EndpointHandler(
                        FacilitatorEndpoints.builder(far, CLOCK).build())))
                .build();
        assertEquals(new Settlement.Pending(Optional.of("tx9"), true, Duration.ofHours(1)), near.settle(PAYMENT, by()));
    }

    @Test
    void the_date_at_which_money_is_final_arrives_with_its_stage() {
        ScriptedFacilitator far = new ScriptedFacilitator();
        Instant end = Instant.parse("2026-03-02T00:00:00Z");
        far.settle = payment -> new Settlement.Settled(Toys.receipt("tx1").withFinalAt(end), Stage.SETTLED);
        HttpFacilitator near = client(serve(new EndpointHandler(
                        FacilitatorEndpoints.builder(far, CLOCK).build())))
                .build();
        Settlement.Settled settled = assertInstanceOf(Settlement.Settled.class, near.settle(PAYMENT, by()));
        assertEquals(Stage.SETTLED, settled.stage());
        assertEquals(Optional.of(end), settled.receipt().finalAt());
    }

    @Test
    void a_settled_answer_of_a_peer_is_settled_for_the_offered_amount() {
        Settlement settlement = settleAgainst(200, success("0xabc", "toy:one"));
        assertEquals(new Settlement.Settled(Toys.receipt("0xabc"), Stage.SETTLED), settlement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insufficient_funds",
                "unsupported_scheme",
                "invalid_exact_evm_payload_authorization_value_mismatch",
                "invalid_exact_evm_insufficient_balance"
            })
    void a_known_reason_before_sending_rejects(String reason) {
        Settlement settlement = settleAgainst(200, failure(reason, "\"\""));
        assertEquals(new Settlement.Rejected(ErrorCode.parse(reason), "the facilitator gave no message"), settlement);
    }

    @Test
    void a_reason_that_the_application_added_rejects() {
        HttpFacilitator near = client(answering(200, failure("no_such_coin", "\"\"")))
                .rejections(java.util.Set.of(new ErrorCode("no_such_coin")))
                .build();
        assertInstanceOf(Settlement.Rejected.class, near.settle(PAYMENT, by()));
    }

    // All else is not known

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "settlement_pending|\"\"",
                "duplicate_settlement|\"\"",
                "unexpected_settle_error|\"\"",
                "invalid_exact_evm_transaction_failed|\"\"",
                "invalid_exact_evm_nonce_already_used|\"\"",
                "invalid_transaction_state|\"\"",
                "some_reason_of_tomorrow|\"\"",
                "insufficient_funds|\"0xabc\""
            })
    void any_other_failure_is_pending(String reason, String transaction) {
        Settlement.Pending pending =
                assertInstanceOf(Settlement.Pending.class, settleAgainst(200, failure(reason, transaction)));
        assertTrue(pending.started());
        assertEquals(transaction.equals("\"\"") ? Optional.empty() : Optional.of("0xabc"), pending.reference());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":true,\"transaction\":\"\",\"network\":\"toy:one\"}",
                "{\"success\":true,\"transaction\":\"0xabc\",\"network\":\"toy:two\"}",
                "{\"success\":true,\"transaction\":\"0xabc\"}",
                "{\"success\":true,\"network\":\"toy:one\"}",
                "{\"success\":true,\"transaction\":\"a b\",\"network\":\"toy:one\"}",
                "{\"success\":\"true\",\"transaction\":\"0xabc\",\"network\":\"toy:one\"}",
                "{\"success\":1,\"transaction\":\"0xabc\",\"network\":\"toy:one\"}",
                "{\"success\":false}",
                "<html>settled</html>",
                "[]",
                "null",
                ""
            })
    void a_settle_answer_that_cannot_be_believed_is_pending(String body) {
        Settlement.Pending pending = assertInstanceOf(Settlement.Pending.class, settleAgainst(200, body));
        assertTrue(pending.started());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 413, 429})
    void a_request_that_was_not_taken_is_pending_and_not_started(int status) {
        Settlement.Pending pending =
                assertInstanceOf(Settlement.Pending.class, settleAgainst(status, success("0xabc", "toy:one")));
        assertEquals(false, pending.started());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 308, 400, 402, 409, 422, 500, 502, 503})
    void any_other_status_is_pending_and_may_have_started(int status) {
        Settlement.Pending pending = assertInstanceOf(
                Settlement.Pending.class, settleAgainst(status, failure("insufficient_funds", "\"\"")));
        assertTrue(pending.started());
    }

    @Test
    void a_refused_connection_has_not_started() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        HttpFacilitator near = HttpFacilitator.builder(URI.create("http://127.0.0.1:" + port), CLOCK)
                .build();
        assertEquals(
                new Settlement.Pending(Optional.empty(), false, Duration.ofSeconds(2)), near.settle(PAYMENT, by()));
        assertInstanceOf(Verification.Unavailable.class, near.verify(PAYMENT, by()));
    }

    @Test
    void a_connection_that_breaks_after_the_request_may_have_started() throws IOException {
        HttpFacilitator near = client(breaking()).build();
        assertEquals(new Settlement.Pending(Optional.empty(), true, Duration.ofSeconds(2)), near.settle(PAYMENT, by()));
    }

    @Test
    void silence_ends_at_the_deadline_and_may_have_started() {
        CountDownLatch never = new CountDownLatch(1);
        HttpFacilitator near = client(serve(exchange -> hold(never))).build();
        Settlement settlement = near.settle(PAYMENT, CLOCK.instant().plusMillis(200));
        never.countDown();
        assertEquals(new Settlement.Pending(Optional.empty(), true, Duration.ofSeconds(2)), settlement);
    }

    @Test
    void a_body_that_trickles_ends_at_the_deadline() {
        CountDownLatch never = new CountDownLatch(1);
        HttpFacilitator near = client(serve(exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    hold(never);
                }))
                .build();
        Settlement settlement = near.settle(PAYMENT, CLOCK.instant().plusMillis(300));
        never.countDown();
        assertEquals(new Settlement.Pending(Optional.empty(), true, Duration.ofSeconds(2)), settlement);
    }

    @Test
    void an_endless_body_is_cut_at_its_limit() {
        HttpFacilitator near = client(serve(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] chunk = new byte[8192];
                    try {
                        for (int i = 0; i < 100_000; i++) {
                            exchange.getResponseBody().write(chunk);
                        }
                    } catch (IOException e) {
                        asked.add("cut");
                    }
                }))
                .build();
        assertInstanceOf(Verification.Unavailable.class, near.verify(PAYMENT, by()));
    }

    @Test
    void a_passed_deadline_sends_nothing() {
        HttpFacilitator near =
                client(answering(200, success("0xabc", "toy:one"))).build();
        assertEquals(
                new Settlement.Pending(Optional.empty(), false, Duration.ofSeconds(2)),
                near.settle(PAYMENT, CLOCK.instant().minusSeconds(1)));
        assertEquals(List.of(), asked);
    }

    @Test
    void a_reason_proves_nothing_once_an_earlier_asking_ended_unknown() {
        AtomicInteger count = new AtomicInteger();
        HttpFacilitator near = client(serve(exchange -> {
                    if (count.getAndIncrement() == 0) {
                        answer(exchange, 500, "");
                    } else {
                        answer(exchange, 200, failure("insufficient_funds", "\"\""));
                    }
                }))
                .build();
        assertInstanceOf(Settlement.Pending.class, near.settle(PAYMENT, by()));
        Settlement.Pending again = assertInstanceOf(Settlement.Pending.class, near.settle(PAYMENT, by()));
        assertTrue(again.started());
        assertInstanceOf(Settlement.Rejected.class, near.settle(Toys.payment("another"), by()));
    }

    @Test
    void settled_by_another_payer_than_was_verified_is_pending_however_often_it_is_said() {
        AtomicInteger count = new AtomicInteger();
        HttpFacilitator near = client(serve(exchange -> {
                    if (exchange.getRequestURI().getPath().endsWith("/verify")) {
                        answer(exchange, 200, "{\"isValid\":true,\"payer\":\"0xaB\"}");
                    } else {
                        String payer = count.getAndIncrement() < 2 ? "0xcd" : "0xAb";
                        answer(
                                exchange,
                                200,
                                success("0xabc", "toy:one")
                                        .replace("\"payer\":\"payer\"", "\"payer\":\"" + payer + "\""));
                    }
                }))
                .build();
        assertInstanceOf(Verification.Valid.class, near.verify(PAYMENT, by()));
        Settlement pending = new Settlement.Pending(Optional.empty(), true, Duration.ofSeconds(2));
        assertEquals(pending, near.settle(PAYMENT, by()));
        assertEquals(pending, near.settle(PAYMENT, by()));
        assertInstanceOf(Settlement.Settled.class, near.settle(PAYMENT, by()));
    }

    @Test
    void what_settled_once_stays_settled_when_a_facilitator_without_memory_refuses_it() {
        AtomicInteger count = new AtomicInteger();
        HttpFacilitator near = client(serve(exchange -> answer(
                        exchange,
                        200,
                        count.getAndIncrement() == 0
                                ? success("0xabc", "toy:one")
                                : failure("invalid_exact_evm_payload_authorization_valid_before", "\"\""))))
                .build();
        Settlement first = near.settle(PAYMENT, by());
        assertEquals(new Settlement.Settled(Toys.receipt("0xabc"), Stage.SETTLED), first);
        assertEquals(first, near.settle(PAYMENT, by()));
    }

    @Test
    void what_was_only_seen_is_pending_when_it_is_refused() {
        AtomicInteger count = new AtomicInteger();
        String seen = success("0xabc", "toy:one").replaceFirst("}$", ",\"extra\":{\"finality\":\"seen\"}}");
        HttpFacilitator near = client(serve(exchange -> answer(
                        exchange, 200, count.getAndIncrement() == 0 ? seen : failure("insufficient_funds", "\"\""))))
                .build();
        assertInstanceOf(Settlement.Settled.class, near.settle(PAYMENT, by()));
        assertEquals(new Settlement.Pending(Optional.empty(), true, Duration.ofSeconds(2)), near.settle(PAYMENT, by()));
    }

    @Test
    void a_reason_proves_nothing_while_another_asking_is_under_way() throws Exception {
        AtomicInteger count = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        HttpFacilitator near = client(serve(exchange -> {
                    if (count.getAndIncrement() == 0) {
                        first.countDown();
                        hold(second);
                        answer(exchange, 200, success("0xabc", "toy:one"));
                    } else {
                        answer(exchange, 200, failure("insufficient_funds", "\"\""));
                    }
                }))
                .build();
        java.util.concurrent.CompletableFuture<Settlement> slow =
                java.util.concurrent.CompletableFuture.supplyAsync(() -> near.settle(PAYMENT, by()));
        first.await();
        Settlement quick = near.settle(PAYMENT, by());
        second.countDown();
        assertEquals(new Settlement.Pending(Optional.empty(), true, Duration.ofSeconds(2)), quick);
        assertInstanceOf(Settlement.Settled.class, slow.get());
    }

    @Test
    void a_payment_that_may_have_started_never_counts_as_not_started_again() {
        AtomicInteger count = new AtomicInteger();
        HttpFacilitator near = client(serve(exchange -> answer(exchange, count.getAndIncrement() == 0 ? 502 : 429, "")))
                .build();
        near.settle(PAYMENT, by());
        Settlement.Pending again = assertInstanceOf(Settlement.Pending.class, near.settle(PAYMENT, by()));
        assertTrue(again.started());
    }

    @Test
    void retry_after_of_the_facilitator_is_passed_on() {
        HttpFacilitator near = client(serve(exchange -> {
                    exchange.getResponseHeaders().add("Retry-After", "7");
                    answer(exchange, 503, "");
                }))
                .build();
        assertEquals(new Settlement.Pending(Optional.empty(), true, Duration.ofSeconds(7)), near.settle(PAYMENT, by()));
    }

    // Verifying

    @Test
    void a_valid_answer_is_valid() {
        Verification.Valid valid = assertInstanceOf(
                Verification.Valid.class, verifyAgainst(200, "{\"isValid\":true,\"payer\":\"0xpayer\"}"));
        assertEquals("0xpayer", valid.payer());
    }

    @Test
    void an_invalid_answer_keeps_reason_and_message_and_is_not_called_authentic() {
        assertEquals(
                new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "balance 3", false),
                verifyAgainst(
                        200,
                        "{\"isValid\":false,\"invalidReason\":\"insufficient_funds\",\"invalidMessage\":\"balance 3\"}"));
    }

    @Test
    void a_facilitator_that_broke_while_verifying_did_not_judge() {
        assertEquals(
                new Verification.Unavailable(
                        ErrorCode.UNEXPECTED_VERIFY_ERROR,
                        "the facilitator answered unexpected_verify_error",
                        Duration.ofSeconds(2)),
                verifyAgainst(200, "{\"isValid\":false,\"invalidReason\":\"unexpected_verify_error\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"isValid\":\"true\"}",
                "{\"isValid\":1}",
                "{}",
                "<html>true</html>",
                "",
                "{\"isValid\":true,\"isValid\":true}",
                "\u001f\u008b\b"
            })
    void a_malformed_verify_answer_is_never_valid(String body) {
        Verification.Unavailable unavailable =
                assertInstanceOf(Verification.Unavailable.class, verifyAgainst(200, body));
        assertEquals(ErrorCode.FACILITATOR_RESPONSE_INVALID, unavailable.code());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 400, 401, 404, 429, 500, 503})
    void a_status_that_is_no_answer_is_never_valid(int status) {
        assertInstanceOf(
                Verification.Unavailable.class, verifyAgainst(status, status == 204 ? "" : "{\"isValid\":true}"));
    }

    @Test
    void verifying_is_asked_again_when_the_connection_broke() throws IOException {
        HttpFacilitator near = client(breaking()).build();
        assertInstanceOf(Verification.Unavailable.class, near.verify(PAYMENT, by()));
        assertEquals(List.of("broken", "broken"), asked);
    }

    // What is supported

    @Test
    void supported_skips_kinds_that_it_cannot_read() {
        SupportedResponse supported = client(answering(
                        200,
                        "{\"kinds\":[{\"x402Version\":1,\"scheme\":\"exact\",\"network\":\"base\"},7,"
                                + "{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"toy:one\"}]}"))
                .build()
                .supported(by());
        assertEquals(1, supported.kinds().size());
        assertEquals(2, supported.otherKinds().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kinds\":null}", "{\"kinds\":[]}", "{\"kinds\":[7]}"})
    void a_facilitator_without_a_usable_kind_is_not_ready(String body) {
        HttpFacilitator near = client(answering(200, body)).build();
        RailUnavailableException e = assertThrows(RailUnavailableException.class, () -> near.supported(by()));
        assertTrue(String.valueOf(e.getMessage()).endsWith(" supports no kind of version 2"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {308, 404, 500})
    void a_facilitator_that_does_not_answer_is_not_ready(int status) {
        HttpFacilitator near = client(answering(status, "{}")).build();
        RailUnavailableException e = assertThrows(RailUnavailableException.class, () -> near.supported(by()));
        assertTrue(
                String.valueOf(e.getMessage()).endsWith(" answered /supported with status " + status), e.getMessage());
    }

    @Test
    void too_many_requests_are_tried_three_times() {
        AtomicInteger count = new AtomicInteger();
        HttpFacilitator near = client(serve(exchange -> {
                    exchange.getResponseHeaders().add("Retry-After", "0");
                    int now = count.incrementAndGet();
                    answer(
                            exchange,
                            now < 3 ? 429 : 200,
                            "{\"kinds\":[{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"toy:one\"}]}");
                }))
                .build();
        assertEquals(1, near.supported(by()).kinds().size());
        assertEquals(3, count.get());
    }

    @Test
    void waiting_for_too_many_requests_ends_when_it_is_closed() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        HttpFacilitator near = client(serve(exchange -> {
                    exchange.getResponseHeaders().add("Retry-After", "25");
                    answer(exchange, 429, "");
                    asking.countDown();
                }))
                .build();
        Thread closer = new Thread(() -> {
            try {
                asking.await();
                near.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        closer.start();
        assertThrows(
                RailUnavailableException.class,
                () -> near.supported(CLOCK.instant().plusSeconds(60)));
        closer.join();
    }

    // Where and as whom it asks

    @Test
    void each_operation_carries_its_own_authorization() {
        HttpFacilitator near = client(serve(exchange -> {
                    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().getFirst("Authorization"));
                    answer(exchange, 500, "");
                }))
                .authorization((operation, target) -> Map.of("Authorization", "Bearer " + operation + target.getPath()))
                .build();
        near.verify(PAYMENT, by());
        near.settle(PAYMENT, by());
        assertEquals(List.of("POST /verify Bearer VERIFY/verify", "POST /settle Bearer SETTLE/settle"), asked);
    }

    @Test
    void an_authorization_that_fails_sends_nothing() {
        HttpFacilitator near = client(answering(200, success("0xabc", "toy:one")))
                .authorization((operation, target) -> {
                    throw new IllegalStateException("no token");
                })
                .build();
        assertEquals(
                new Settlement.Pending(Optional.empty(), false, Duration.ofSeconds(2)), near.settle(PAYMENT, by()));
        assertEquals(List.of(), asked);
    }

    @Test
    void a_redirect_is_not_followed() {
        JdkServer other = answering(200, success("0xabc", "toy:one"));
        HttpFacilitator near = client(serve(exchange -> {
                    exchange.getResponseHeaders()
                            .add("Location", other.uri("/settle").toString());
                    answer(exchange, 307, "");
                }))
                .build();
        assertInstanceOf(Settlement.Pending.class, near.settle(PAYMENT, by()));
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://facilitator.example",
                "http://127.0.0.1.example",
                "ftp://localhost",
                "https://user:key@facilitator.example",
                "https://facilitator.example/?key=1",
                "https://facilitator.example/#x",
                "facilitator.example",
                "mailto:x@example.org"
            })
    void an_address_that_is_not_safe_is_refused(String address) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> HttpFacilitator.builder(URI.create(address), CLOCK));
        assertTrue(
                String.valueOf(e.getMessage())
                        .startsWith("facilitator: expected https://host/path (http only on the loopback)"
                                + " without user, query and fragment, saw scheme '"),
                e.getMessage());
    }

    @Test
    void a_client_that_follows_redirects_is_refused() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> HttpFacilitator.builder(URI.create("https://facilitator.example"), CLOCK)
                        .http(following));
        assertEquals(
                "http: expected a client that follows no redirect, saw ALWAYS; a redirect could carry a payment to"
                        + " another origin",
                e.getMessage());
    }

    private Settlement settleAgainst(int status, String body) {
        return client(answering(status, body)).build().settle(PAYMENT, by());
    }

    private Verification verifyAgainst(int status, String body) {
        return client(answering(status, body)).build().verify(PAYMENT, by());
    }

    private static String success(String transaction, String network) {
        return "{\"success\":true,\"payer\":\"payer\",\"transaction\":\"" + transaction + "\",\"network\":\"" + network
                + "\"}";
    }

    private static String failure(String reason, String transaction) {
        return "{\"success\":false,\"errorReason\":\"" + reason + "\",\"transaction\":" + transaction
                + ",\"network\":\"toy:one\"}";
    }

    private static Instant by() {
        return CLOCK.instant().plusSeconds(10);
    }

    private HttpFacilitator.Builder client(JdkServer server) {
        return client(server.uri("/"));
    }

    private static HttpFacilitator.Builder client(URI address) {
        return HttpFacilitator.builder(address, CLOCK);
    }

    private JdkServer answering(int status, String body) {
        return serve(exchange -> {
            asked.add(exchange.getRequestURI().toString());
            answer(exchange, status, body);
        });
    }

    private JdkServer serve(com.sun.net.httpserver.HttpHandler handler) {
        JdkServer server = new JdkServer("/", handler);
        open.add(server);
        return server;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server that reads a request and drops the connection. */
    private URI breaking() throws IOException {
        ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        open.add(listening);
        Thread thread = new Thread(() -> {
            while (!listening.isClosed()) {
                try (Socket socket = listening.accept()) {
                    byte[] read = new byte[4096];
                    if (socket.getInputStream().read(read) > 0) {
                        asked.add("broken");
                    }
                } catch (IOException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }
}
