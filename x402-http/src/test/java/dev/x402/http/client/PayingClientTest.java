package dev.x402.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.x402.http.JdkServer;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.toy.ToyShop;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Settlement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayingClientTest {
    private final ToyShop shop = new ToyShop();
    private final List<JdkServer> servers = new ArrayList<>();
    /** What servers saw: method, path and whether a payment came. */
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private final List<String> payments = Collections.synchronizedList(new ArrayList<>());
    private final PayingClient.Builder builder = PayingClient.builder(shop.payer(), shop.clock);

    @AfterEach
    void stop() {
        servers.forEach(JdkServer::close);
        shop.close();
    }

    // Buying

    @Test
    void what_costs_nothing_comes_as_it_is() throws Exception {
        URI free = serve(exchange -> answer(exchange, 404, "nothing here"));
        Outcome.Free<String> outcome = free(get(free));
        assertEquals(404, outcome.response().statusCode());
        assertEquals("nothing here", outcome.response().body());
        assertEquals(0, shop.toy.signatures.get());
    }

    @Test
    void a_priced_resource_is_paid_once_and_comes_with_its_receipt() throws Exception {
        Outcome.Paid<String> outcome = bought(get(seller()));
        assertEquals(200, outcome.response().statusCode());
        assertEquals("toy of GET ", outcome.response().body());
        assertEquals("tx-signed-1", outcome.receipt().orElseThrow().transaction());
        assertEquals(ToyShop.OFFER, outcome.offer());
        assertEquals(1, shop.toy.signatures.get());
    }

    @Test
    void the_body_goes_again_with_the_payment() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(seller())
                .POST(BodyPublishers.ofString("please"))
                .build();
        Outcome.Paid<String> outcome = bought(builder.build().send(request, BodyHandlers.ofString()));
        assertEquals("toy of POST please", outcome.response().body());
    }

    @Test
    void a_body_that_can_be_read_once_is_kept_for_the_second_time() throws Exception {
        ByteArrayInputStream once = new ByteArrayInputStream("please".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(seller())
                .POST(BodyPublishers.ofInputStream(() -> once))
                .build();
        Outcome.Paid<String> outcome = bought(builder.build().send(request, BodyHandlers.ofString()));
        assertEquals("toy of POST please", outcome.response().body());
    }

    @Test
    void a_purchase_need_not_be_waited_for() throws Exception {
        Outcome<String> outcome = builder.build()
                .sendAsync(HttpRequest.newBuilder(seller()).build(), BodyHandlers.ofString())
                .get(20, TimeUnit.SECONDS);
        assertEquals("toy of GET ", bought(outcome).response().body());
    }

    @Test
    void a_challenge_in_the_body_alone_is_paid() throws Exception {
        URI[] self = new URI[1];
        URI paying = serve(exchange -> {
            if (paid(exchange)) {
                answer(exchange, 200, "toy");
            } else {
                exchange.getRequestBody().readAllBytes();
                answer(exchange, 402, text(challenge(self[0])));
            }
        });
        self[0] = paying;
        Outcome.Paid<String> outcome = bought(get(paying));
        assertEquals("toy", outcome.response().body());
        assertEquals(Optional.empty(), outcome.receipt());
    }

    @Test
    void the_rest_of_an_endless_402_is_not_read() throws Exception {
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            if (paid(exchange)) {
                answer(exchange, 200, "toy");
            } else {
                exchange.getResponseHeaders().add("PAYMENT-REQUIRED", header(challenge(self[0])));
                answer(exchange, 402, "x".repeat(5_000_000));
            }
        });
        assertEquals("toy", bought(get(self[0])).response().body());
    }

    // Waiting

    @Test
    void a_pending_payment_is_sent_again_as_it_was_until_it_settled() throws Exception {
        shop.bank.settlements.add(p -> new Settlement.Pending(Optional.of("tx9"), true, Duration.ofSeconds(1)));
        Outcome.Paid<String> outcome = bought(get(seller()));
        assertEquals("toy of GET ", outcome.response().body());
        assertEquals(1, shop.toy.signatures.get());
        assertEquals(2, payments.size());
        assertEquals(payments.get(0), payments.get(1));
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_lost_answer_is_asked_for_again_with_the_same_payment() throws Exception {
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            if (!paid(exchange)) {
                challenging(exchange, self[0]);
            } else if (payments.size() == 1) {
                throw new IOException("gone");
            } else {
                answer(exchange, 200, "toy");
            }
        });
        assertEquals("toy", bought(get(self[0])).response().body());
        assertEquals(1, shop.toy.signatures.get());
        assertEquals(payments.get(0), payments.get(1));
    }

    @Test
    void a_wait_beyond_the_time_is_unknown_at_once() throws Exception {
        builder.within(Duration.ofSeconds(5));
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            if (paid(exchange)) {
                exchange.getResponseHeaders().add("Retry-After", "600");
                answer(exchange, 503, "later");
            } else {
                challenging(exchange, self[0]);
            }
        });
        Outcome.Unknown<String> unknown = unknown(get(self[0]));
        assertEquals("503 after the payment", unknown.message());
        assertEquals(Optional.of(503), unknown.status());
        assertEquals("later", unknown.response().orElseThrow().body());
        assertEquals(1, payments.size());
    }

    @Test
    void a_server_that_asks_to_come_at_once_is_not_stormed() throws Exception {
        builder.within(Duration.ofMillis(1500));
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            if (paid(exchange)) {
                exchange.getResponseHeaders().add("Retry-After", "0");
                answer(exchange, 503, "now");
            } else {
                challenging(exchange, self[0]);
            }
        });
        assertEquals("503 after the payment", unknown(get(self[0])).message());
        assertTrue(payments.size() <= 2, "sent " + payments.size() + " times");
    }

    @Test
    void a_body_that_never_ends_is_not_read_beyond_the_time() throws Exception {
        builder.within(Duration.ofSeconds(1));
        java.util.concurrent.CountDownLatch gone = new java.util.concurrent.CountDownLatch(1);
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            if (!paid(exchange)) {
                challenging(exchange, self[0]);
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            byte[] bytes = new byte[1024];
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    exchange.getResponseBody().write(bytes);
                    exchange.getResponseBody().flush();
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
            } catch (IOException e) {
                gone.countDown();
            }
        });
        assertEquals("no answer in time", unknown(get(self[0])).message());
        assertTrue(gone.await(5, java.util.concurrent.TimeUnit.SECONDS), "the connection is still read");
    }

    @Test
    void a_conflict_without_a_time_is_not_asked_again() throws Exception {
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            if (paid(exchange)) {
                answer(exchange, 409, "used");
            } else {
                challenging(exchange, self[0]);
            }
        });
        assertEquals(Optional.of(409), unknown(get(self[0])).status());
        assertEquals(1, payments.size());
    }

    // Not knowing

    @Test
    void a_second_402_is_unknown_and_never_signed_again() throws Exception {
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            paid(exchange);
            challenging(exchange, self[0]);
        });
        Outcome.Unknown<String> unknown = unknown(get(self[0]));
        assertEquals("402 after the payment", unknown.message());
        assertEquals(Optional.of(402), unknown.status());
        assertEquals(1, shop.toy.signatures.get());
        assertEquals(2, seen.size());
    }

    @Test
    void a_rejected_settlement_is_unknown_with_the_reason() throws Exception {
        shop.bank.settlements.add(p -> new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "balance 3"));
        Outcome.Unknown<String> unknown = unknown(get(seller()));
        assertEquals("402 after the payment: insufficient_funds", unknown.message());
        assertEquals(
                ErrorCode.INSUFFICIENT_FUNDS, unknown.receipt().orElseThrow().errorReason());
    }

    @Test
    void an_intent_asks_again_later_without_signing_again() throws Exception {
        builder.within(Duration.ofSeconds(3));
        shop.bank.settlements.add(p -> new Settlement.Pending(Optional.of("tx9"), true, Duration.ofSeconds(50)));
        URI seller = seller();
        PayingClient client = builder.build();
        HttpRequest request = HttpRequest.newBuilder(seller).build();
        Outcome.Unknown<String> unknown = unknown(client.send(request, BodyHandlers.ofString()));
        assertEquals("tx9", unknown.receipt().orElseThrow().transaction());
        Outcome.Paid<String> paid = bought(client.send(request, BodyHandlers.ofString(), unknown.intent()));
        assertEquals("toy of GET ", paid.response().body());
        assertEquals(1, shop.toy.signatures.get());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_handler_that_failed_leaves_its_answer_and_the_word_that_nothing_was_charged() throws Exception {
        URI broken = seller(exchange -> answer(exchange, 500, "sorry"));
        Outcome.Unknown<String> unknown = unknown(get(broken));
        assertEquals("500 after the payment: not_charged", unknown.message());
        assertEquals("sorry", unknown.response().orElseThrow().body());
    }

    @Test
    void no_answer_to_the_payment_is_unknown_not_a_failure() throws Exception {
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            if (paid(exchange)) {
                throw new IOException("gone");
            }
            challenging(exchange, self[0]);
        });
        Outcome.Unknown<String> unknown = unknown(get(self[0]));
        assertEquals("no answer", unknown.message());
        assertEquals(1, java.util.Set.copyOf(payments).size());
        assertEquals(1, shop.toy.signatures.get());
    }

    @Test
    void no_answer_before_any_payment_is_an_ordinary_failure() {
        JdkServer gone = new JdkServer("/", exchange -> {});
        URI uri = gone.uri("/paid");
        gone.close();
        assertThrows(IOException.class, () -> get(uri));
    }

    // Not paying

    @Test
    void a_challenge_for_another_resource_is_refused() throws Exception {
        URI uri = serve(exchange -> challenging(exchange, URI.create("https://other.example/paid")));
        Outcome.Refused<String> refused = refused(get(uri));
        assertEquals(Outcome.Hindrance.OTHER_RESOURCE, refused.why());
        assertEquals("resource: expected " + uri + ", saw the challenge name another", refused.message());
        assertEquals(0, shop.toy.signatures.get());
    }

    @Test
    void a_challenge_above_the_policy_is_refused_with_a_verdict_on_each_offer() throws Exception {
        URI[] self = new URI[1];
        self[0] = serve(exchange -> challenging(exchange, self[0], ToyShop.OFFER.withAmount(AtomicAmount.of(101))));
        Outcome.Refused<String> refused = refused(get(self[0]));
        assertEquals(Outcome.Hindrance.NOTHING_PAYABLE, refused.why());
        assertEquals("no offer may be paid", refused.message());
        assertEquals(1, refused.verdicts().size());
        assertEquals(1, refused.required().orElseThrow().accepts().size());
        assertEquals(0, shop.toy.signatures.get());
    }

    @Test
    void a_challenge_without_offers_is_refused() throws Exception {
        URI[] self = new URI[1];
        self[0] = serve(exchange -> challenging(exchange, self[0], new PaymentRequirements[0]));
        Outcome.Refused<String> refused = refused(get(self[0]));
        assertEquals("nothing was offered", refused.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>pay me</html>", "[]", "{}", "{\"x402Version\":2}", "{\"x402Version\":3}"})
    void a_402_that_is_no_challenge_is_refused(String body) throws Exception {
        URI uri = serve(exchange -> answer(exchange, 402, body));
        Outcome.Refused<String> refused = refused(get(uri));
        assertEquals(Outcome.Hindrance.MALFORMED_CHALLENGE, refused.why());
        assertTrue(refused.message().startsWith("body of the 402: "), refused.message());
    }

    @Test
    void a_challenge_of_version_1_is_refused_by_name() throws Exception {
        URI uri = serve(exchange -> answer(exchange, 402, "{\"x402Version\":1,\"accepts\":[],\"error\":\"pay\"}"));
        Outcome.Refused<String> refused = refused(get(uri));
        assertEquals(Outcome.Hindrance.VERSION_1, refused.why());
        assertEquals("402: expected a challenge of version 2, saw one of version 1", refused.message());
    }

    @Test
    void two_challenges_are_refused() throws Exception {
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            exchange.getResponseHeaders().add("PAYMENT-REQUIRED", header(challenge(self[0])));
            challenging(exchange, self[0]);
        });
        Outcome.Refused<String> refused = refused(get(self[0]));
        assertEquals("PAYMENT-REQUIRED: expected one challenge, saw 2", refused.message());
    }

    @Test
    void an_endless_402_without_a_header_is_refused() throws Exception {
        URI uri = serve(exchange -> answer(exchange, 402, "{\"a\":\"" + "x".repeat(5_000_000)));
        assertEquals(Outcome.Hindrance.MALFORMED_CHALLENGE, refused(get(uri)).why());
    }

    @Test
    void a_body_that_is_too_long_to_send_twice_is_refused() throws Exception {
        builder.bodyLimit(10);
        HttpRequest request = HttpRequest.newBuilder(seller())
                .POST(BodyPublishers.ofString("x".repeat(11)))
                .build();
        Outcome.Refused<String> refused = refused(builder.build().send(request, BodyHandlers.ofString()));
        assertEquals(Outcome.Hindrance.BODY_NOT_REPLAYABLE, refused.why());
        assertEquals("request body: expected at most 10 bytes to send twice, saw more", refused.message());
        assertEquals(0, shop.toy.signatures.get());
    }

    @Test
    void a_long_body_for_what_is_free_is_sent() throws Exception {
        builder.bodyLimit(10);
        URI free = serve(exchange ->
                answer(exchange, 200, Integer.toString(exchange.getRequestBody().readAllBytes().length)));
        HttpRequest request = HttpRequest.newBuilder(free)
                .POST(BodyPublishers.ofString("x".repeat(11)))
                .build();
        Outcome.Free<String> outcome = free(builder.build().send(request, BodyHandlers.ofString()));
        assertEquals("11", outcome.response().body());
    }

    // Origins

    @Test
    void a_redirect_is_followed_before_paying_and_the_payment_goes_to_its_end() throws Exception {
        URI seller = seller();
        URI start = serve(exchange -> {
            paid(exchange);
            exchange.getResponseHeaders().add("Location", seller.toString());
            answer(exchange, 302, "");
        });
        HttpRequest request = HttpRequest.newBuilder(start)
                .header("Authorization", "Bearer secret")
                .build();
        Outcome.Paid<String> outcome = bought(builder.build().send(request, BodyHandlers.ofString()));
        assertEquals("toy of GET ", outcome.response().body());
        assertEquals("302 unpaid", "302 " + (seen.get(0).endsWith("unpaid") ? "unpaid" : "paid"));
        assertEquals(1, payments.size());
        assertTrue(seen.stream().skip(1).noneMatch(line -> line.contains("Bearer")), seen.toString());
    }

    @Test
    void a_payment_never_follows_a_redirect() throws Exception {
        URI thief = serve(exchange -> {
            paid(exchange);
            answer(exchange, 200, "thanks");
        });
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            if (exchange.getRequestHeaders().containsKey("PAYMENT-SIGNATURE")) {
                exchange.getResponseHeaders().add("Location", thief.toString());
                answer(exchange, 307, "");
            } else {
                challenging(exchange, self[0]);
            }
        });
        Outcome.Unknown<String> unknown = unknown(get(self[0]));
        assertEquals("307 after the payment", unknown.message());
        assertEquals(List.of(), payments);
    }

    @Test
    void redirects_end() throws Exception {
        URI[] self = new URI[1];
        self[0] = serve(exchange -> {
            paid(exchange);
            exchange.getResponseHeaders().add("Location", self[0].toString());
            answer(exchange, 302, "");
        });
        assertEquals(302, free(get(self[0])).response().statusCode());
        assertEquals(6, seen.size());
    }

    @Test
    void an_intent_for_another_origin_is_refused() throws Exception {
        PayingClient client = builder.build();
        HttpRequest request = HttpRequest.newBuilder(seller()).build();
        Outcome.Refused<String> refused = refused(
                client.send(request, BodyHandlers.ofString(), shop.payer().intent("https://other.example/paid")));
        assertEquals(Outcome.Hindrance.OTHER_ORIGIN, refused.why());
        assertEquals(0, shop.toy.signatures.get());
    }

    @Test
    void a_request_that_pays_already_is_refused() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1/"))
                .header("payment-signature", "x")
                .build();
        PayingClient client = builder.build();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> client.send(request, BodyHandlers.ofString()));
        assertEquals("request: expected no PAYMENT-SIGNATURE, saw one; the client pays", e.getMessage());
    }

    @Test
    void a_client_that_follows_redirects_is_refused() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> builder.http(following));
        assertEquals(
                "http: expected a client that follows no redirect, saw NORMAL; a redirect could carry a payment to"
                        + " another origin",
                e.getMessage());
    }

    @Test
    void a_response_does_not_print_the_payment() throws Exception {
        Outcome.Paid<String> outcome = bought(get(seller()));
        assertTrue(!outcome.toString().contains(payments.get(0)), outcome.toString());
    }

    // The servers

    private URI seller() {
        return seller(exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(exchange, 200, "toy of " + exchange.getRequestMethod() + " " + body);
        });
    }

    /** Our own seller of one path. */
    private URI seller(HttpHandler handler) {
        JdkServer server = new JdkServer("/x-unused", exchange -> {});
        servers.add(server);
        URI uri = server.uri("/paid");
        PaymentFilter filter = new PaymentFilter(shop.routes("http://" + uri.getAuthority())
                .price("GET", "/paid", "toy")
                .price("POST", "/paid", "toy")
                .build());
        com.sun.net.httpserver.HttpContext context = server.server().createContext("/paid", handler);
        context.getFilters().add(new com.sun.net.httpserver.Filter() {
            @Override
            public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
                paid(exchange);
                chain.doFilter(exchange);
            }

            @Override
            public String description() {
                return "sees";
            }
        });
        context.getFilters().add(filter);
        return uri;
    }

    private URI serve(HttpHandler handler) {
        JdkServer server = new JdkServer("/", handler);
        servers.add(server);
        return server.uri("/paid");
    }

    private boolean paid(HttpExchange exchange) {
        String payment = exchange.getRequestHeaders().getFirst("PAYMENT-SIGNATURE");
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + (payment == null ? " unpaid" : " paid"));
        if (payment != null) {
            payments.add(payment);
        }
        return payment != null;
    }

    private static PaymentRequired challenge(URI resource, PaymentRequirements... offers) {
        return PaymentRequired.of(null, ResourceInfo.of(resource.toString()), List.of(offers));
    }

    private static PaymentRequired challenge(URI resource) {
        return challenge(resource, ToyShop.OFFER);
    }

    private static String text(PaymentRequired required) {
        return new String(Codec.PAYMENT_REQUIRED.write(required), StandardCharsets.UTF_8);
    }

    private static String header(PaymentRequired required) {
        return Codec.PAYMENT_REQUIRED.writeHeader(required);
    }

    private static void challenging(HttpExchange exchange, URI resource) throws IOException {
        challenging(exchange, resource, ToyShop.OFFER);
    }

    private static void challenging(HttpExchange exchange, URI resource, PaymentRequirements... offers)
            throws IOException {
        exchange.getResponseHeaders().add("PAYMENT-REQUIRED", header(challenge(resource, offers)));
        answer(exchange, 402, "{}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private Outcome<String> get(URI uri) throws IOException, InterruptedException {
        return builder.build().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static Outcome.Paid<String> bought(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Paid<String> expected) {
            return expected;
        }
        throw new AssertionError("expected Paid, saw " + outcome);
    }

    private static Outcome.Free<String> free(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Free<String> expected) {
            return expected;
        }
        throw new AssertionError("expected Free, saw " + outcome);
    }

    private static Outcome.Refused<String> refused(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Refused<String> expected) {
            return expected;
        }
        throw new AssertionError("expected Refused, saw " + outcome);
    }

    private static Outcome.Unknown<String> unknown(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Unknown<String> expected) {
            return expected;
        }
        throw new AssertionError("expected Unknown, saw " + outcome);
    }
}
