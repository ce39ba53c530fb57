package dev.x402.quickstart;

import dev.x402.core.Pause;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.facilitator.HttpFacilitator;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.server.PaidRoutes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** A server that sells the weather. */
final class WeatherSeller implements AutoCloseable {
    private static final byte[] REPORT =
            "{\"city\":\"Lisbon\",\"sky\":\"clear\",\"celsius\":21}".getBytes(StandardCharsets.UTF_8);

    private final Plugins plugins;
    private final Facilitator facilitator;
    private final LocalServer server;

    WeatherSeller(List<WayToPay> ways, URI facilitatorUri, Clock clock) throws IOException {
        plugins = Plugins.builder().discover().clock(clock).build();
        facilitator = HttpFacilitator.builder(facilitatorUri, clock).build();
        server = LocalServer.bind();
        PaymentGate gate = PaymentGate.builder(plugins)
                .facilitator(facilitator)
                .claims(InMemoryClaimStore.builder(clock).build())
                .clock(clock)
                .pause(Pause.ofThreads())
                .route(PricedRoute.of("weather", ways.toArray(WayToPay[]::new)))
                .build();
        PaidRoutes routes = PaidRoutes.builder(gate, server.uri())
                .price("GET", "/weather", "weather")
                .listedOnly()
                .build();
        server.serve(
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, REPORT.length);
                    exchange.getResponseBody().write(REPORT);
                },
                new PaymentFilter(routes));
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
