package dev.x402.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.x402.bazaar.Declaration;
import dev.x402.core.Pause;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.facilitator.HttpFacilitator;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.server.PaidRoutes;
import dev.x402.identifier.PaymentIdentifier;
import dev.x402.siwx.Plan;
import dev.x402.siwx.SignInSettings;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.Bytes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Our seller with extensions.
 *
 * <p>Payments with names at {@code /named}, a declaration at {@code /listed}, sign-in at
 * {@code /session}.
 */
final class Storefront implements AutoCloseable {
    private final AtomicInteger runs = new AtomicInteger();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Plugins plugins;
    private final Facilitator facilitator;

    Storefront(Network network, String payee, URI facilitatorUri) throws IOException {
        Clock clock = Clock.systemUTC();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        plugins = Plugins.builder()
                .discover()
                .port(PaymentExtension.Store.class, InMemoryExtensionStore.of(clock))
                .port(
                        SignInSettings.class,
                        SignInSettings.builder(uri().toString())
                                .secret(Bytes.of(new byte[32]))
                                .plan("session", Plan.calls(10))
                                .build())
                .clock(clock)
                .build();
        facilitator = HttpFacilitator.builder(facilitatorUri, clock).build();
        PaymentGate gate = PaymentGate.builder(plugins)
                .facilitator(facilitator)
                .claims(InMemoryClaimStore.builder(clock).build())
                .clock(clock)
                .pause(Pause.ofThreads())
                .route(route(
                        "named",
                        network,
                        payee,
                        Json.Obj.EMPTY.with(PaymentIdentifier.KEY, PaymentIdentifier.required())))
                .route(route(
                        "listed",
                        network,
                        payee,
                        Declaration.query()
                                .input(City.class, Json.Obj.EMPTY.with("city", "Berlin"))
                                .output(
                                        Weather.class,
                                        Json.Obj.EMPTY.with("city", "Berlin").with("degrees", Json.of(21)))
                                .build()))
                .route(route("session", network, payee, Json.Obj.EMPTY))
                .build();
        PaidRoutes routes = PaidRoutes.builder(gate, uri())
                .price("GET", "/named", "named")
                .price("GET", "/listed", "listed")
                .price("GET", "/session", "session")
                .build();
        server.createContext("/", exchange -> {
                    try (exchange) {
                        byte[] body = ("sold " + runs.incrementAndGet()).getBytes(UTF_8);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                    }
                })
                .getFilters()
                .add(new PaymentFilter(routes));
        server.setExecutor(executor);
        server.start();
    }

    /** What the query of {@code /listed} says. */
    record City(String city) {}

    /** What it answers. */
    record Weather(String city, int degrees) {}

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** How often a handler ran. */
    int runs() {
        return runs.get();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        facilitator.close();
        plugins.close();
    }

    private static PricedRoute route(String id, Network network, String payee, Json.Obj extensions) {
        return PricedRoute.builder(id)
                .way(WayToPay.by(new Kind("exact", network))
                        .price(Price.money("0.001", "USD"))
                        .payTo(payee)
                        .maxTimeoutSeconds(60)
                        .build())
                .extensions(extensions)
                .build();
    }
}
