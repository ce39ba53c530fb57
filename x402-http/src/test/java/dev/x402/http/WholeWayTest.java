package dev.x402.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.http.facilitator.FacilitatorEndpoints;
import dev.x402.http.facilitator.HttpFacilitator;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.server.PaidRoutes;
import dev.x402.http.toy.ToyShop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Buyer, seller and facilitator over real HTTP, and what the money does when the facilitator misbehaves. */
class WholeWayTest {
    private final ToyShop shop = new ToyShop();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger worked = new AtomicInteger();
    /** What the facilitator's server does instead of answering a settlement, used up one by one. */
    private final Deque<Mischief> mischief = new ArrayDeque<>();

    /** Does something with the exchange after the honest answer was made. */
    private interface Mischief {
        void answer(HttpExchange exchange, byte[] honest) throws IOException;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        shop.close();
    }

    @Test
    void an_honest_facilitator_moves_the_money_once() throws Exception {
        Outcome.Paid<String> paid = bought(buy());
        assertEquals("toy", paid.response().body());
        assertEquals("tx-signed-1", paid.receipt().orElseThrow().transaction());
        once();
    }

    @Test
    void an_error_after_the_money_moved_is_asked_again_and_nothing_moves_twice() throws Exception {
        mischief.add((exchange, honest) -> send(exchange, 500, "oops"));
        delivered();
    }

    @Test
    void a_connection_that_is_lost_after_the_money_moved_is_asked_again() throws Exception {
        mischief.add((exchange, honest) -> {
            throw new IOException("gone");
        });
        delivered();
    }

    @Test
    void a_page_instead_of_an_answer_is_asked_again() throws Exception {
        mischief.add((exchange, honest) -> send(exchange, 200, "<html>"));
        delivered();
    }

    @Test
    void success_without_a_transaction_is_asked_again() throws Exception {
        mischief.add((exchange, honest) ->
                send(exchange, 200, "{\"success\":true,\"transaction\":\"\",\"network\":\"toy:one\"}"));
        delivered();
    }

    @Test
    void a_refusal_after_an_unknown_answer_is_no_proof() throws Exception {
        mischief.add((exchange, honest) -> send(exchange, 502, ""));
        mischief.add(
                (exchange, honest) -> send(
                        exchange,
                        200,
                        "{\"success\":false,\"errorReason\":\"insufficient_funds\",\"transaction\":\"\",\"network\":\"toy:one\"}"));
        delivered();
    }

    @Test
    void an_answer_that_never_ends_is_asked_again() throws Exception {
        mischief.add((exchange, honest) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[16 * 1024];
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(chunk);
            }
        });
        delivered();
    }

    private void delivered() throws Exception {
        Outcome.Paid<String> paid = bought(buy());
        assertEquals("toy", paid.response().body());
        assertTrue(paid.receipt().orElseThrow().success());
        once();
    }

    private static Outcome.Paid<String> bought(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Paid<String> paid) {
            return paid;
        }
        throw new AssertionError("expected Paid, saw " + outcome);
    }

    /** One signature, one piece of work, one movement. */
    private void once() {
        assertEquals(1, shop.toy.signatures.get());
        assertEquals(1, worked.get());
        assertEquals(1, shop.bank.moved());
    }

    private Outcome<String> buy() throws Exception {
        Endpoint honest = FacilitatorEndpoints.builder(shop.bank, shop.clock).build();
        JdkServer facilitator = new JdkServer("/", exchange -> {
            Mischief next = exchange.getRequestURI().getPath().equals("/settle") ? mischief.poll() : null;
            if (next == null) {
                new EndpointHandler(honest).handle(exchange);
                return;
            }
            try (exchange) {
                Answer answer = honest.answer(new Posted(exchange));
                next.answer(exchange, answer.body().toArray());
            }
        });
        open.add(facilitator);
        HttpFacilitator remote =
                HttpFacilitator.builder(facilitator.uri("/"), shop.clock).build();
        JdkServer server = new JdkServer("/x-unused", exchange -> {});
        open.add(server);
        PaidRoutes routes = shop.routesBy(remote, "http://" + server.uri("/").getAuthority())
                .price("GET", "/paid", "toy")
                .build();
        server.server()
                .createContext("/paid", exchange -> {
                    worked.incrementAndGet();
                    send(exchange, 200, "toy");
                })
                .getFilters()
                .add(new PaymentFilter(routes));
        URI uri = server.uri("/paid");
        return PayingClient.builder(shop.payer(), shop.clock)
                .within(Duration.ofSeconds(30))
                .build()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A settlement that was posted. */
    private record Posted(HttpExchange exchange) implements IncomingRequest {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public Optional<String> path() {
            return Optional.of("/settle");
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
        public Optional<dev.x402.spi.Bytes> body(int limit) throws IOException {
            return Optional.of(dev.x402.spi.Bytes.of(exchange.getRequestBody().readAllBytes()));
        }
    }
}
