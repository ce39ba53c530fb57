package dev.x402.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.http.facilitator.FacilitatorEndpoints;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.server.Paid;
import dev.x402.http.toy.ToyShop;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pay once and come back, over HTTP, by an extension that both sides have. */
class VisitsTest {
    private static final String TICKET = "Ticket";

    /** Whoever says please gets a ticket once somebody paid; a ticket is good for one visit and gives the next. */
    private static final class Tickets implements PaymentExtension {
        private volatile boolean sold;
        private volatile int number;
        private volatile String held = "";
        private final BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();

        @Override
        public String key() {
            return "tickets";
        }

        @Override
        public Optional<ServerSide> server(Context context) {
            return Optional.of(new ServerSide() {
                @Override
                public Set<String> proofs() {
                    return Set.of(TICKET);
                }

                @Override
                public Access enter(Visit visit) {
                    String shown = visit.proofs().get(TICKET);
                    if (sold && ("please".equals(shown) || ("ticket-" + number).equals(shown))) {
                        number++;
                        return new Access.Granted(
                                new PaymentKey("toy/1"), "payer", Map.of(TICKET, "ticket-" + number), ended::add);
                    }
                    return new Access.Denied(
                            new ErrorCode("no_ticket"), "Ticket: expected one that was bought", Map.of(TICKET, "none"));
                }

                @Override
                public void became(Sale sale) {
                    sold = true;
                }
            });
        }

        @Override
        public Optional<ClientSide> client(Context context) {
            return Optional.of(new ClientSide() {
                @Override
                public Map<String, String> present(String url) {
                    return held.startsWith("ticket-") ? Map.of(TICKET, held) : Map.of();
                }

                @Override
                public Map<String, String> prove(String url, PaymentRequired challenge, Instant by) {
                    return Map.of(TICKET, "please");
                }

                @Override
                public Set<String> answers() {
                    return Set.of(TICKET);
                }

                @Override
                public void received(String url, Map<String, String> answers) {
                    held = answers.getOrDefault(TICKET, held);
                }
            });
        }

        @Override
        public Optional<FacilitatorSide> facilitator(Context context) {
            return Optional.of((Payment payment, Json echoed, boolean settled) ->
                    Optional.of(Json.Obj.EMPTY.with("status", settled ? "success" : "processing")));
        }
    }

    private final Tickets tickets = new Tickets();
    private final ToyShop shop = new ToyShop(tickets);
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 200;
    private volatile String toy = "toy";
    private final JdkServer server = new JdkServer("/x-unused", exchange -> {});
    private final URI address = server.uri("/paid");

    VisitsTest() {
        server.server()
                .createContext("/paid", this::served)
                .getFilters()
                .add(new PaymentFilter(shop.routes("http://" + address.getAuthority())
                        .price("GET", "/paid", "toy")
                        .build()));
    }

    @AfterEach
    void stop() {
        server.close();
        shop.close();
    }

    private void served(HttpExchange exchange) throws IOException {
        Paid paid = (Paid) exchange.getAttribute(Paid.ATTRIBUTE);
        seen.add(paid + " of " + paid.payer());
        byte[] body = toy.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private Outcome<String> visit() throws Exception {
        return PayingClient.builder(shop.payer(), shop.clock)
                .build()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> showing(String ticket) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).header(TICKET, ticket).build(), BodyHandlers.ofString());
    }

    @Test
    void who_paid_once_comes_back_without_paying() throws Exception {
        assertInstanceOf(Outcome.Paid.class, visit());
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    "toy",
                    assertInstanceOf(Outcome.Free.class, visit()).response().body());
        }
        assertEquals(1, shop.toy.signatures.get());
        for (int i = 0; i < 3; i++) {
            assertEquals(true, tickets.ended.poll(10, TimeUnit.SECONDS));
        }
        assertEquals("paid before of payer", seen.get(3));
        assertEquals("ticket-3", tickets.held);
    }

    @Test
    void a_visitor_gets_an_answer_of_any_length() throws Exception {
        tickets.sold = true;
        toy = "toy".repeat(1_000_000);
        HttpResponse<String> answer = showing("please");
        assertEquals(toy.length(), answer.body().length());
        assertEquals("ticket-1", answer.headers().firstValue(TICKET).orElseThrow());
        assertEquals(true, tickets.ended.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void a_visit_that_fails_is_given_back() throws Exception {
        tickets.sold = true;
        status = 500;
        assertEquals(500, showing("please").statusCode());
        assertEquals(false, tickets.ended.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void a_proof_that_does_not_let_in_is_answered_by_402_and_its_code() throws Exception {
        HttpResponse<String> answer = showing("forged");
        assertEquals(402, answer.statusCode());
        assertTrue(answer.body().contains("\"error\":\"no_ticket\""), answer.body());
        assertEquals("none", answer.headers().firstValue(TICKET).orElseThrow());
    }

    @Test
    void a_proof_over_its_limit_is_431_before_anybody_reads_it() throws Exception {
        HttpResponse<String> answer = showing("a".repeat(8 * 1024 + 1));
        assertEquals(431, answer.statusCode());
        assertTrue(answer.body().contains("Ticket: expected at most 8192 characters, saw more"), answer.body());
    }

    @Test
    void extensions_answer_beside_the_facilitator() throws Exception {
        try (JdkServer facilitator = new JdkServer(
                "/",
                new EndpointHandler(FacilitatorEndpoints.builder(shop.bank, shop.clock)
                        .extensions(shop.plugins)
                        .build()))) {
            PaymentRequirements offer = ToyShop.OFFER;
            PaymentPayload payload = new PaymentPayload(
                    null,
                    offer,
                    Json.Obj.EMPTY.with("nonce", "1").with("signature", "valid"),
                    Json.Obj.EMPTY.with("tickets", Json.Obj.EMPTY),
                    Json.Obj.EMPTY);
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(facilitator.uri("/verify"))
                                    .POST(BodyPublishers.ofByteArray(Codec.FACILITATOR_REQUEST.write(
                                            new FacilitatorRequest(payload, offer, Json.Obj.EMPTY))))
                                    .build(),
                            BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals(
                    Json.Obj.EMPTY.with("tickets", Json.Obj.EMPTY.with("status", "processing")),
                    Codec.JSON.readHeader(
                            answer.headers().firstValue("EXTENSION-RESPONSES").orElseThrow()));
        }
    }
}
