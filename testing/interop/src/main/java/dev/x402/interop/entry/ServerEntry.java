package dev.x402.interop.entry;

import dev.x402.core.Pause;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.PricedRoute;
import dev.x402.http.facilitator.HttpFacilitator;
import dev.x402.http.jdk.PaymentFilter;
import dev.x402.http.server.PaidRoutes;
import dev.x402.spec.Json;
import dev.x402.spi.Facilitator;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The resource server of the suite. */
public final class ServerEntry implements AutoCloseable {
    private final AtomicInteger runs = new AtomicInteger();
    private final Plugins plugins;
    private final Facilitator facilitator;
    private final EntryServer server;

    private ServerEntry(Surroundings surroundings, Clock clock, Runnable closing) throws IOException {
        List<Family> families = Family.of(surroundings).stream()
                .filter(family -> family.sells().isPresent())
                .toList();
        if (families.isEmpty()) {
            throw new IllegalArgumentException(
                    "EVM_PAYEE_ADDRESS or SVM_PAYEE_ADDRESS: expected who is paid in the environment, saw none; set one");
        }
        Plugins.Builder builder = Plugins.builder().discover().clock(clock);
        families.forEach(family -> family.serves(builder, clock));
        plugins = builder.build();
        facilitator = HttpFacilitator.builder(URI.create(surroundings.require("FACILITATOR_URL")), clock)
                .build();
        PaymentGate.Builder gate = PaymentGate.builder(plugins)
                .facilitator(facilitator)
                .claims(InMemoryClaimStore.builder(clock).build())
                .clock(clock)
                .pause(Pause.ofThreads());
        surroundings
                .find("SETTLE_SECONDS")
                .ifPresent(seconds -> gate.settleWithin(Duration.ofSeconds(Long.parseLong(seconds))));
        families.forEach(family ->
                gate.route(PricedRoute.of(family.path(), family.sells().orElseThrow())));
        server = EntryServer.bind(surroundings.port());
        PaidRoutes.Builder routes =
                PaidRoutes.builder(gate.build(), server.uri()).listedOnly();
        families.forEach(family -> routes.price("GET", family.path(), family.path()));
        server.serve(
                exchange -> {
                    runs.incrementAndGet();
                    EntryServer.answer(
                            exchange,
                            200,
                            Json.object()
                                    .put("message", "Protected endpoint accessed successfully")
                                    .put("timestamp", clock.instant().toString())
                                    .build());
                },
                Json.object().put("status", "ok").build(),
                closing,
                new PaymentFilter(routes.build()));
    }

    /**
     * Starts to listen.
     *
     * @param variables as in the environment of the suite's servers; {@code SETTLE_SECONDS} is how long a settlement may
     *     take
     * @param closing what to do when somebody asks to close it
     * @throws IllegalArgumentException naming a variable that is missing or cannot be used
     */
    public static ServerEntry start(Map<String, String> variables, Clock clock, Runnable closing) throws IOException {
        return new ServerEntry(new Surroundings(variables), clock, closing);
    }

    /** Returns where it listens. */
    public URI uri() {
        return server.uri();
    }

    /** Returns how often a priced handler ran. */
    public int runs() {
        return runs.get();
    }

    @Override
    public void close() {
        server.close();
        facilitator.close();
        plugins.close();
    }
}
