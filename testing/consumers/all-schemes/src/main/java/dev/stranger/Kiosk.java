package dev.stranger;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import dev.x402.core.Pause;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.server.PaidRoutes;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.Facilitator;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** One handler that is sold on three rails: the lines of the three ways to pay are all that knows them. */
public final class Kiosk implements AutoCloseable {
    private static final byte[] PAPER = "the paper of today".getBytes(StandardCharsets.UTF_8);

    private final Plugins plugins;
    private final HttpServer server;

    /** A kiosk that is open, on a port of its own. */
    public Kiosk(Facilitator facilitator, Clock clock) throws IOException {
        plugins = Plugins.builder().discover().clock(clock).build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PaymentGate gate = PaymentGate.builder(plugins)
                .facilitator(facilitator)
                .claims(InMemoryClaimStore.builder(clock).build())
                .clock(clock)
                .pause(Pause.ofThreads())
                .route(PricedRoute.of(
                        "paper",
                        way("eip155:8453", "0x209693Bc6afc0C5328bA36FaF03C514EF312287C", Json.Obj.EMPTY),
                        way(
                                "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp",
                                "2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4",
                                Json.Obj.EMPTY),
                        way("ach:us", "merchant", Json.Obj.EMPTY.with("funding", "prefunded"))))
                .build();
        PaidRoutes routes = PaidRoutes.builder(gate, uri())
                .price("GET", "/paper", "paper")
                .listedOnly()
                .build();
        HttpContext context = server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, PAPER.length);
            exchange.getResponseBody().write(PAPER);
            exchange.close();
        });
        context.getFilters().add(new PaymentFilter(routes));
        server.start();
    }

    private static WayToPay way(String network, String payTo, Json.Obj extra) {
        return WayToPay.by(new Kind("exact", Network.parse(network)))
                .price(Price.money("0.25", "USD"))
                .payTo(payTo)
                .extra(extra)
                .build();
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Where the paper is sold. */
    public URI paper() {
        return uri().resolve("/paper");
    }

    @Override
    public void close() {
        server.stop(0);
        plugins.close();
    }
}
