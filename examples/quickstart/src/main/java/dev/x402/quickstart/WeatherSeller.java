package dev.x402.quickstart;

import dev.x402.core.Pause;
import dev.x402.core.seller.GateEvent;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.facilitator.HttpFacilitator;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.server.Paid;
import dev.x402.http.server.PaidRoutes;
import dev.x402.siwx.Plan;
import dev.x402.siwx.SignInSettings;
import dev.x402.spi.Bytes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * A server that sells the weather.
 *
 * <p>Each answer is an order under the key of its payment; when the money goes back, the order is cancelled.
 */
final class WeatherSeller implements AutoCloseable {
    private static final String ROUTE = "weather";
    private static final byte[] REPORT =
            "{\"city\":\"Lisbon\",\"sky\":\"clear\",\"celsius\":21}".getBytes(StandardCharsets.UTF_8);

    private final Plugins plugins;
    private final Facilitator facilitator;
    private final LocalServer server;
    private final PaymentGate gate;
    private final Map<PaymentKey, Order> orders = new ConcurrentHashMap<>();

    /** What became of an order. */
    enum Order {
        PLACED,
        CANCELLED
    }

    WeatherSeller(List<WayToPay> ways, URI facilitatorUri, Clock clock) throws IOException {
        this(ways, facilitatorUri, clock, (origin, plugins) -> {});
    }

    /** A seller whose customers come back: what a payment buys, and how they are known. */
    static WeatherSeller withPlan(
            List<WayToPay> ways, URI facilitatorUri, Clock clock, Plan plan, UnaryOperator<SignInSettings.Builder> more)
            throws IOException {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new WeatherSeller(
                ways,
                facilitatorUri,
                clock,
                (origin, plugins) -> plugins.port(PaymentExtension.Store.class, InMemoryExtensionStore.of(clock))
                        .port(
                                SignInSettings.class,
                                more.apply(SignInSettings.builder(origin)
                                                .secret(Bytes.of(secret))
                                                .plan(ROUTE, plan))
                                        .build()));
    }

    private WeatherSeller(
            List<WayToPay> ways, URI facilitatorUri, Clock clock, BiConsumer<String, Plugins.Builder> ports)
            throws IOException {
        server = LocalServer.bind();
        Plugins.Builder builder = Plugins.builder().discover().clock(clock);
        ports.accept(server.uri().toString(), builder);
        plugins = builder.build();
        facilitator = HttpFacilitator.builder(facilitatorUri, clock).build();
        gate = PaymentGate.builder(plugins)
                .facilitator(facilitator)
                .claims(InMemoryClaimStore.builder(clock).build())
                .clock(clock)
                .pause(Pause.ofThreads())
                .route(PricedRoute.of(ROUTE, ways.toArray(WayToPay[]::new)))
                .listener(this::cancel)
                .build();
        PaidRoutes routes = PaidRoutes.builder(gate, server.uri())
                .price("GET", "/weather", ROUTE)
                .listedOnly()
                .build();
        server.serve(
                exchange -> {
                    orders.put(((Paid) exchange.getAttribute(Paid.ATTRIBUTE)).key(), Order.PLACED);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, REPORT.length);
                    exchange.getResponseBody().write(REPORT);
                },
                new PaymentFilter(routes));
    }

    private void cancel(GateEvent event) {
        if (event.what() == GateEvent.What.REVERSED) {
            event.key().ifPresent(key -> orders.replace(key, Order.CANCELLED));
        }
    }

    /** Asks the facilitator what became of the money; a server does so every few seconds. */
    void poll() {
        gate.poll();
    }

    List<Order> orders() {
        return List.copyOf(orders.values());
    }

    URI weather() {
        return server.uri().resolve("/weather");
    }

    @Override
    public void close() {
        server.close();
        facilitator.close();
        plugins.close();
    }
}
