package dev.x402.http.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.http.Endpoint;
import dev.x402.http.JdkServer;
import dev.x402.http.JettyServer;
import dev.x402.http.Raw;
import dev.x402.http.Toys;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.http.servlet.EndpointServlet;
import dev.x402.spec.ErrorCode;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FacilitatorEndpointsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ScriptedFacilitator facilitator = new ScriptedFacilitator();
    private final FacilitatorEndpoints.Builder builder =
            FacilitatorEndpoints.builder(facilitator, Clock.fixed(NOW, ZoneOffset.UTC));
    private Optional<JdkServer> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(JdkServer::close);
    }

    @Test
    void a_valid_payment_is_answered_with_its_payer() throws Exception {
        HttpResponse<String> answer = post("/verify", Toys.request("n1"));
        assertEquals(200, answer.statusCode());
        assertEquals("{\"isValid\":true,\"payer\":\"payer\"}", answer.body());
    }

    @Test
    void an_invalid_payment_is_a_decided_answer() throws Exception {
        facilitator.verify = p -> new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "balance 3, needed 25", true);
        HttpResponse<String> answer = post("/verify", Toys.request("n1"));
        assertEquals(200, answer.statusCode());
        assertEquals(
                "{\"isValid\":false,\"invalidReason\":\"insufficient_funds\","
                        + "\"invalidMessage\":\"balance 3, needed 25\"}",
                answer.body());
    }

    @Test
    void an_unavailable_rail_is_503_and_never_invalid() throws Exception {
        facilitator.verify =
                p -> new Verification.Unavailable("node https://key@node is down", Duration.ofMillis(2500));
        HttpResponse<String> answer = post("/verify", Toys.request("n1"));
        assertEquals(503, answer.statusCode());
        assertEquals("3", answer.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(
                "{\"error\":\"facilitator_unavailable\",\"message\":\"nothing was sent; ask again\"}", answer.body());
    }

    @Test
    void a_settled_payment_is_answered_with_receipt_and_finality() throws Exception {
        HttpResponse<String> answer = post("/settle", Toys.request("n1"));
        assertEquals(200, answer.statusCode());
        assertEquals(
                "{\"success\":true,\"payer\":\"payer\",\"transaction\":\"tx1\",\"network\":\"toy:one\","
                        + "\"amount\":\"25\",\"extra\":{\"finality\":\"final\"}}",
                answer.body());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void a_settlement_that_may_return_says_so() throws Exception {
        facilitator.settle = p -> new Settlement.Settled(Toys.receipt("tx1"), Stage.SETTLED);
        assertTrue(post("/settle", Toys.request("n1")).body().contains("\"finality\":\"returnable\""));
    }

    @Test
    void a_pending_settlement_keeps_its_transaction() throws Exception {
        facilitator.settle = p -> new Settlement.Pending(Optional.of("tx9"), true, Duration.ofSeconds(4));
        HttpResponse<String> answer = post("/settle", Toys.request("n1"));
        assertEquals(200, answer.statusCode());
        assertEquals("4", answer.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(
                "{\"success\":false,\"errorReason\":\"settlement_pending\",\"errorMessage\":\"the outcome is not known"
                        + " yet; ask again with the identical payment\",\"transaction\":\"tx9\","
                        + "\"network\":\"toy:one\",\"extra\":{\"finality\":\"pending\"}}",
                answer.body());
    }

    @Test
    void a_settlement_that_was_not_started_is_503() throws Exception {
        facilitator.settle = p -> new Settlement.Pending(Optional.empty(), false, Duration.ofSeconds(7));
        HttpResponse<String> answer = post("/settle", Toys.request("n1"));
        assertEquals(503, answer.statusCode());
        assertEquals("7", answer.headers().firstValue("Retry-After").orElseThrow());
    }

    @Test
    void a_rejected_settlement_is_decided_and_has_no_transaction() throws Exception {
        facilitator.settle = p -> new Settlement.Rejected(ErrorCode.DUPLICATE_SETTLEMENT, "paid for another request");
        HttpResponse<String> answer = post("/settle", Toys.request("n1"));
        assertEquals(200, answer.statusCode());
        assertEquals(
                "{\"success\":false,\"errorReason\":\"duplicate_settlement\",\"errorMessage\":\"paid for another"
                        + " request\",\"transaction\":\"\",\"network\":\"toy:one\",\"extra\":{\"finality\":\"rejected\"}}",
                answer.body());
    }

    @Test
    void a_reversed_settlement_names_the_transaction_that_was_reversed() throws Exception {
        facilitator.settle = p -> new Settlement.Reversed(Toys.receipt("tx1"), new ErrorCode("R01"));
        HttpResponse<String> answer = post("/settle", Toys.request("n1"));
        assertEquals(200, answer.statusCode());
        assertEquals(
                "{\"success\":false,\"errorReason\":\"R01\",\"payer\":\"payer\",\"transaction\":\"tx1\","
                        + "\"network\":\"toy:one\",\"amount\":\"25\",\"extra\":{\"finality\":\"reversed\"}}",
                answer.body());
    }

    @Test
    void supported_lists_the_kinds() throws Exception {
        HttpResponse<String> answer = get("/supported");
        assertEquals(200, answer.statusCode());
        assertTrue(
                answer.body().contains("{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"toy:one\"}"),
                answer.body());
    }

    @Test
    void settle_without_requirements_names_them() throws Exception {
        String body = Toys.request("n1").replace("\"paymentRequirements\"", "\"other\"");
        HttpResponse<String> answer = post("/settle", body);
        assertEquals(400, answer.statusCode());
        assertEquals(
                "{\"success\":false,\"errorReason\":\"invalid_payment_requirements\",\"errorMessage\":"
                        + "\"/paymentRequirements: expected a value, saw nothing\",\"transaction\":\"\","
                        + "\"extra\":{\"finality\":\"rejected\"}}",
                answer.body());
    }

    @Test
    void an_envelope_of_another_version_than_its_payload_is_refused() throws Exception {
        String body = Toys.request("n1").replaceFirst("\"x402Version\":2", "\"x402Version\":1");
        HttpResponse<String> answer = post("/verify", body);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("\"invalidReason\":\"invalid_x402_version\""), answer.body());
    }

    @Test
    void a_payload_of_another_version_than_its_envelope_is_refused() throws Exception {
        String body = Toys.request("n1")
                .replace("\"paymentPayload\":{\"x402Version\":2", "\"paymentPayload\":{\"x402Version\":1");
        HttpResponse<String> answer = post("/settle", body);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("\"errorReason\":\"invalid_x402_version\""), answer.body());
    }

    @Test
    void a_body_that_is_no_json_is_400() throws Exception {
        HttpResponse<String> answer = post("/verify", "{]");
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"isValid\":false,\"invalidReason\":\"invalid_payload\""), answer.body());
    }

    @Test
    void a_body_of_64_kib_and_a_byte_is_413_before_it_is_read_as_json() throws Exception {
        assertEquals(400, post("/verify", "x".repeat(64 * 1024)).statusCode());
        HttpResponse<String> answer = post("/verify", "x".repeat(64 * 1024 + 1));
        assertEquals(413, answer.statusCode());
        assertEquals(
                "{\"error\":\"payload_too_large\",\"message\":\"body: expected at most 65536 bytes, saw more\"}",
                answer.body());
    }

    @Test
    void the_tenant_is_whom_the_application_says_it_is() throws Exception {
        builder.callers(request -> new Caller.Tenant(request.headers("X-Tenant").get(0)));
        HttpRequest request = HttpRequest.newBuilder(server().uri("/verify"))
                .header("X-Tenant", "acme")
                .POST(BodyPublishers.ofString(Toys.request("n1")))
                .build();
        assertEquals(200, HTTP.send(request, BodyHandlers.ofString()).statusCode());
        assertEquals(List.of("acme"), facilitator.tenants);
    }

    @Test
    void nobody_known_is_401_and_asks_nobody() throws Exception {
        builder.callers(request -> new Caller.Unknown("Bearer"));
        HttpResponse<String> answer = post("/settle", Toys.request("n1"));
        assertEquals(401, answer.statusCode());
        assertEquals("Bearer", answer.headers().firstValue("WWW-Authenticate").orElseThrow());
        assertEquals(List.of(), facilitator.tenants);
    }

    @Test
    void a_caller_that_may_not_ask_is_403() throws Exception {
        builder.callers(request -> new Caller.Forbidden());
        assertEquals(403, post("/settle", Toys.request("n1")).statusCode());
    }

    @Test
    void a_caller_that_asks_too_often_is_429_with_retry_after() throws Exception {
        builder.callers(request -> new Caller.Limited(Duration.ofSeconds(9)));
        HttpResponse<String> answer = post("/settle", Toys.request("n1"));
        assertEquals(429, answer.statusCode());
        assertEquals("9", answer.headers().firstValue("Retry-After").orElseThrow());
        assertEquals("{\"error\":\"rate_limited\",\"message\":\"too many requests\"}", answer.body());
    }

    @Test
    void a_bug_says_nothing_but_an_incident() throws Exception {
        facilitator.settle = p -> {
            throw new IllegalStateException("secret of the signer");
        };
        HttpResponse<String> answer = post("/settle", Toys.request("n1"));
        assertEquals(500, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"error\":\"unexpected_settle_error\""), answer.body());
        assertFalse(answer.body().contains("secret"), answer.body());
    }

    @Test
    void settling_is_answered_before_the_shortest_time_out_of_peers() throws Exception {
        post("/settle", Toys.request("n1"));
        assertEquals(List.of(NOW.plusSeconds(25)), facilitator.deadlines);
    }

    @Test
    void another_method_is_405() throws Exception {
        HttpResponse<String> answer = get("/settle");
        assertEquals(405, answer.statusCode());
        assertEquals("POST", answer.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    void another_path_is_404() throws Exception {
        assertEquals(404, get("/verify/x").statusCode());
    }

    @Test
    void jetty_serves_the_same_endpoints() throws Exception {
        builder.prefix("/x402");
        Endpoint endpoints = builder.build();
        try (JettyServer jetty = new JettyServer(
                context -> context.addServlet(new ServletHolder(new EndpointServlet(endpoints)), "/x402/*"))) {
            String ok = Raw.exchange(jetty.uri("/"), Toys.request("n1"), "POST /x402/settle HTTP/1.1");
            assertEquals(200, Raw.status(ok), ok);
            assertTrue(ok.contains("\"transaction\":\"tx1\""), ok);
            assertEquals(405, Raw.status(Raw.exchange(jetty.uri("/"), "", "GET /x402/verify HTTP/1.1")));
            assertEquals(
                    413, Raw.status(Raw.exchange(jetty.uri("/"), "x".repeat(70_000), "POST /x402/verify HTTP/1.1")));
        }
    }

    private JdkServer server() {
        if (running.isEmpty()) {
            running = Optional.of(new JdkServer("/", new EndpointHandler(builder.build())));
        }
        return running.get();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        URI uri = server().uri(path);
        return HTTP.send(
                HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(server().uri(path)).build(), BodyHandlers.ofString());
    }
}
