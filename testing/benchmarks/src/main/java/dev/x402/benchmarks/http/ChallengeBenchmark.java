package dev.x402.benchmarks.http;

import dev.x402.benchmarks.Figure;
import dev.x402.benchmarks.market.InstantFacilitator;
import dev.x402.benchmarks.market.Shell;
import dev.x402.core.Pause;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.Answer;
import dev.x402.http.IncomingRequest;
import dev.x402.http.server.Delivery;
import dev.x402.http.server.HeldHandler;
import dev.x402.http.server.Paid;
import dev.x402.http.server.PaidRoutes;
import dev.x402.spec.Codec;
import dev.x402.spec.PaymentRequired;
import dev.x402.spi.Bytes;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A priced path as a server's adapter asks for it. */
@State(Scope.Benchmark)
public class ChallengeBenchmark {
    private final Clock clock = Clock.systemUTC();
    private final Plugins plugins = Plugins.builder()
            .add(new Shell())
            .add(new Shell.Coast())
            .add(new Shell.Dollars())
            .build();
    private final PaidRoutes routes = PaidRoutes.builder(
                    PaymentGate.builder(plugins)
                            .facilitator(new InstantFacilitator())
                            .claims(InMemoryClaimStore.builder(clock).build())
                            .clock(clock)
                            .pause(Pause.ofThreads())
                            .route(PricedRoute.of(
                                    "report",
                                    WayToPay.by(Shell.KIND)
                                            .price(Price.money("0.01", "USD"))
                                            .payTo(Shell.PAYEE)
                                            .build()))
                            .build(),
                    URI.create("https://shop.example"))
            .price("GET", "/report", "report")
            .build();
    private final IncomingRequest request = new Unpaid();
    private final HeldHandler handler = new Never();
    private final PaymentRequired challenge;

    /** Called by JMH. */
    public ChallengeBenchmark() {
        challenge = Codec.PAYMENT_REQUIRED.readHeader(
                required().header("PAYMENT-REQUIRED").orElseThrow());
    }

    /** A constant challenge is written as a header. */
    @Benchmark
    public Object theHeaderAlone() {
        return Codec.PAYMENT_REQUIRED.writeHeader(challenge);
    }

    /** A request without payment is answered whole: path, offers, headers, body. */
    @Benchmark
    @Figure(value = "PaidRoutes: an unpaid request to its whole answer 402", baseline = "theHeaderAlone", atMost = 20)
    public Answer required() {
        try {
            return routes.answer(request, handler).orElseThrow();
        } catch (IOException unread) {
            throw new IllegalStateException(unread);
        }
    }

    /** Closes the plugins. */
    @TearDown
    public void close() {
        plugins.close();
    }

    private static final class Unpaid implements IncomingRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public Optional<String> path() {
            return Optional.of("/report");
        }

        @Override
        public String query() {
            return "day=1";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public Optional<Bytes> body(int limit) {
            return Optional.of(Bytes.of(new byte[0]));
        }
    }

    private static final class Never implements HeldHandler {
        @Override
        public Optional<Answer> run(Paid paid, int limit) {
            throw new IllegalStateException("expected no payment");
        }

        @Override
        public boolean stream(Paid paid, Delivery delivery) {
            throw new IllegalStateException("expected no payment");
        }
    }
}
