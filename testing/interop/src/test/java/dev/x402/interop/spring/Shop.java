package dev.x402.interop.spring;

import dev.x402.core.Pause;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.facilitator.HttpFacilitator;
import dev.x402.http.server.PaidRoutes;
import dev.x402.http.servlet.PaymentFilter;
import dev.x402.interop.Market;
import dev.x402.interop.Side;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.Facilitator;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

/** The application, started as Spring Boot starts it. */
final class Shop implements AutoCloseable {
    private final int port;
    private final Plugins plugins;
    private final Facilitator facilitator;
    private final ConfigurableApplicationContext context;

    private Shop(Market market, boolean lenient) {
        Clock clock = Clock.systemUTC();
        port = freePort();
        plugins = Plugins.builder().discover().clock(clock).build();
        facilitator =
                HttpFacilitator.builder(market.link(Side.OURS).uri(), clock).build();
        PaymentGate gate = PaymentGate.builder(plugins)
                .facilitator(facilitator)
                .claims(InMemoryClaimStore.builder(clock).build())
                .clock(clock)
                .pause(Pause.ofThreads())
                .route(PricedRoute.of(
                        "report",
                        WayToPay.by(new Kind(
                                        "exact", Network.parse(market.node().network())))
                                .price(Price.money("0.001", "USD"))
                                .payTo(DevAccounts.PAYEE.address())
                                .maxTimeoutSeconds(60)
                                .build()))
                .build();
        String path = lenient ? "/shop" : "";
        PaidRoutes.Builder routes = PaidRoutes.builder(gate, uri(path))
                .price("GET", "/report", "report")
                .price("POST", "/report", "report")
                .price("GET", "/reports/{city}", "report")
                .price("*", "/vault/**", "report");
        if (lenient) {
            routes.free("GET", "/free").free("GET", "/shortcut").listedOnly();
        }
        PaymentFilter filter = new PaymentFilter(routes.build());
        context = new SpringApplicationBuilder(App.class)
                .properties(Map.of(
                        "server.port",
                        port,
                        "server.address",
                        "127.0.0.1",
                        "server.servlet.context-path",
                        path,
                        "logging.level.root",
                        "warn"))
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(PaymentFilter.class, () -> filter, bean -> bean.setAutowireCandidate(true));
                    if (lenient) {
                        beans.registerBean(WebMvcConfigurer.class, AnyCase::new);
                    }
                })
                .run();
    }

    /** Starts the application with its filter; the lenient one takes any case of a path, and lists all its paths. */
    static Shop open(Market market, boolean lenient) {
        return new Shop(market, lenient);
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port).resolve(path);
    }

    Wire wire() {
        return new Wire(port);
    }

    @Override
    public void close() {
        context.close();
        facilitator.close();
        plugins.close();
    }

    private static final class AnyCase implements WebMvcConfigurer {
        @Override
        public void configurePathMatch(PathMatchConfigurer matching) {
            PathPatternParser parser = new PathPatternParser();
            parser.setCaseSensitive(false);
            matching.setPatternParser(parser);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no port of the loopback interface is free", none);
        }
    }
}
