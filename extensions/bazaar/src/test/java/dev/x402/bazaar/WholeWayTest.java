package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import dev.x402.bazaar.Prober.Listed;
import dev.x402.core.Pause;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.facilitator.FacilitatorEndpoints;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.server.PaidRoutes;
import dev.x402.spec.Codec;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A seller behind our filter and a facilitator behind our endpoints, over real sockets. */
final class WholeWayTest {
    /** What the handler answers. */
    record User(String name) {}

    private final HandClock clock = new HandClock();
    private final MemoryListings store = new MemoryListings();
    private final Prober prober = Prober.builder(store, clock).loopback().build();
    private final Plugins plugins = Plugins.builder()
            .clock(clock)
            .add(new Coin())
            .add(new Coin.Ground())
            .add(new Coin.Purse())
            .add(new BazaarExtension())
            .port(Prober.class, prober)
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private String origin;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin = "http://127.0.0.1:" + server.getAddress().getPort();
        PaymentGate gate = PaymentGate.builder(plugins)
                .facilitator(new Coin.Bank())
                .claims(InMemoryClaimStore.builder(clock).build())
                .clock(clock)
                .pause(Pause.ofThreads())
                .route(PricedRoute.builder("user")
                        .way(way())
                        .resource(new ResourceInfo(
                                "", "A user", "application/json", "User & Co", List.of("users"), null, Json.Obj.EMPTY))
                        .extensions(Declaration.query()
                                .output(
                                        User.class,
                                        Json.object().put("name", "Ada").build())
                                .build())
                        .build())
                .build();
        HttpContext shop = server.createContext("/users", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        shop.getFilters()
                .add(new PaymentFilter(PaidRoutes.builder(gate, URI.create(origin))
                        .price("GET", "/users/{id}", "user")
                        .build()));
        server.createContext(
                "/facilitator",
                new EndpointHandler(FacilitatorEndpoints.builder(new Coin.Bank(), clock)
                        .prefix("/facilitator")
                        .extensions(plugins)
                        .build()));
        server.setExecutor(threads);
        server.start();
    }

    private static WayToPay way() {
        return WayToPay.by(Coin.KIND)
                .price(Price.atomic(25))
                .payTo("payee")
                .asset(Coin.ASSET)
                .maxTimeoutSeconds(60)
                .build();
    }

    @AfterEach
    void close() {
        server.stop(0);
        threads.shutdownNow();
        plugins.close();
    }

    private PaymentRequired challenge(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(URI.create(origin + path)).build(), BodyHandlers.ofString());
        assertEquals(402, answer.statusCode());
        return Codec.PAYMENT_REQUIRED.readHeader(
                answer.headers().firstValue(HeaderNames.PAYMENT_REQUIRED).orElseThrow());
    }

    private Json settled(PaymentRequired required) throws IOException, InterruptedException {
        PaymentPayload payload = new PaymentPayload(
                required.resource(),
                required.accepts().get(0),
                Json.Obj.EMPTY.with("nonce", "1"),
                required.extensions(),
                Json.Obj.EMPTY);
        FacilitatorRequest request =
                new FacilitatorRequest(payload, required.accepts().get(0), Json.Obj.EMPTY);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(origin + "/facilitator/settle"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Codec.FACILITATOR_REQUEST.write(request)))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return Codec.JSON
                .readHeader(answer.headers()
                        .firstValue(HeaderNames.EXTENSION_RESPONSES)
                        .orElseThrow())
                .cursor()
                .member("bazaar")
                .value();
    }

    @Test
    void a_seller_is_listed_by_its_address_under_the_template_of_its_route() {
        Listed.Added added = assertInstanceOf(Listed.Added.class, prober.list(origin + "/users/123"));
        assertEquals(
                new Listing.Key("http", "GET", origin + "/users/:id"),
                added.listing().key());
        assertEquals("User & Co", added.listing().name());
        assertEquals(List.of("users"), added.listing().tags());
        assertEquals("A user", added.listing().description());
        assertEquals("25", added.listing().accepts().get(0).amount().value().toString());
    }

    @Test
    void a_settled_payment_is_processing_and_after_the_probe_a_success() throws IOException, InterruptedException {
        PaymentRequired required = challenge("/users/123");
        assertEquals(Json.object().put("status", "processing").build(), settled(required));
        assertEquals(1, prober.lap());
        assertEquals(1, store.listings.size());
        assertEquals(Json.object().put("status", "success").build(), settled(required));
    }

    @Test
    void a_changed_echo_is_rejected_with_its_reason() throws IOException, InterruptedException {
        PaymentRequired required = challenge("/users/123");
        PaymentRequired changed = new PaymentRequired(
                null,
                required.resource(),
                required.accepts(),
                Json.Obj.EMPTY.with("bazaar", Json.object().put("info", 1).build()),
                Json.Obj.EMPTY);
        assertEquals(
                Json.object()
                        .put("status", "rejected")
                        .put("rejectedReason", "/info: expected an object, saw 1")
                        .build(),
                settled(changed));
    }
}
