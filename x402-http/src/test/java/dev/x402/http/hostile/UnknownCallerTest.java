package dev.x402.http.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.http.JdkServer;
import dev.x402.http.Raw;
import dev.x402.http.facilitator.Authorization;
import dev.x402.http.facilitator.Caller;
import dev.x402.http.facilitator.FacilitatorEndpoints;
import dev.x402.http.facilitator.HttpFacilitator;
import dev.x402.http.facilitator.Operation;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.server.PaidRoutes;
import dev.x402.http.toy.ToyShop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A facilitator that answers only whom it knows, and a seller whose authorization gets lost. */
class UnknownCallerTest {
    private static final Authorization KNOWN = (operation, target) -> Map.of("Authorization", "Bearer shop");

    private final ToyShop shop = new ToyShop();
    private final AtomicInteger worked = new AtomicInteger();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        shop.close();
    }

    private JdkServer seller(Authorization authorization) {
        JdkServer facilitator = new JdkServer(
                "/",
                new EndpointHandler(FacilitatorEndpoints.builder(shop.bank, shop.clock)
                        .callers(request -> request.headers("Authorization").equals(List.of("Bearer shop"))
                                ? new Caller.Tenant("shop")
                                : new Caller.Unknown("Bearer"))
                        .build()));
        HttpFacilitator remote = HttpFacilitator.builder(facilitator.uri("/"), shop.clock)
                .authorization(authorization)
                .build();
        JdkServer server = new JdkServer("/x-unused", exchange -> {});
        PaidRoutes routes = shop.routesBy(remote, "https://shop.example")
                .price("GET", "/paid", "toy")
                .build();
        server.server()
                .createContext("/", exchange -> {
                    worked.incrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                })
                .getFilters()
                .add(new PaymentFilter(routes));
        open.push(facilitator);
        open.push(remote);
        open.push(server);
        return server;
    }

    private int pay(JdkServer seller) {
        return Raw.status(
                Raw.exchange(seller.uri("/"), "", "GET /paid HTTP/1.1", "PAYMENT-SIGNATURE: " + ToyShop.payment("n1")));
    }

    @Test
    void control_a_known_seller_sells() {
        assertEquals(200, pay(seller(KNOWN)));
        assertEquals(1, worked.get());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_seller_that_is_not_known_sells_nothing_and_gives_nothing_away() {
        JdkServer seller = seller(Authorization.none());
        assertEquals(503, Raw.status(Raw.exchange(seller.uri("/"), "", "GET /paid HTTP/1.1")));
        assertEquals(503, pay(seller));
        assertEquals(0, worked.get());
        assertEquals(List.of(), shop.bank.asked);
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"VERIFY", "SETTLE"})
    void an_authorization_that_gets_lost_for_one_call_moves_nothing_and_is_no_refusal(Operation lost) {
        JdkServer seller =
                seller((operation, target) -> operation == lost ? Map.of() : KNOWN.headers(operation, target));
        assertEquals(503, pay(seller));
        assertEquals(0, shop.bank.moved());
    }
}
