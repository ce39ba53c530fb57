package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.JdkServer;
import dev.x402.http.Raw;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.toy.ToyShop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers of one seller, which share nothing but the claims. */
class ReplicasTest {
    private final ToyShop shop = new ToyShop();
    private final AtomicInteger worked = new AtomicInteger();
    private final JdkServer north = replica();
    private final JdkServer south = replica();

    @AfterEach
    void stop() {
        north.close();
        south.close();
        shop.close();
    }

    private JdkServer replica() {
        JdkServer server = new JdkServer("/x-unused", exchange -> {});
        PaidRoutes routes = shop.routesBy(shop.bank, "https://shop.example")
                .price("GET", "/paid", "toy")
                .price("GET", "/other", "toy")
                .build();
        server.server().createContext("/", this::work).getFilters().add(new PaymentFilter(routes));
        return server;
    }

    private void work(HttpExchange exchange) throws IOException {
        byte[] body = ("toy " + worked.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Seen ask(JdkServer server, String path) {
        return Seen.of(Raw.exchange(server.uri("/"), "", "GET " + path + " HTTP/1.1", SellerBench.paying("n1")));
    }

    @Test
    void a_payment_that_one_replica_took_buys_nothing_of_another() {
        assertEquals("toy 1", ask(north, "/paid").body());
        assertEquals(409, ask(south, "/other").status());
        assertEquals(1, worked.get());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void an_identical_request_gets_the_same_response_of_any_replica() {
        Seen first = ask(north, "/paid");
        Seen again = ask(south, "/paid");
        assertEquals(first.body(), again.body());
        assertEquals(first.receipt(), again.receipt());
        assertEquals(1, worked.get());
    }
}
