package dev.x402.interop.entry;

import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.http.facilitator.FacilitatorEndpoints;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.spec.Json;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The facilitator of the suite. */
public final class FacilitatorEntry implements AutoCloseable {
    private final ExecutorService completer = Executors.newFixedThreadPool(2);
    private final Plugins plugins;
    private final FacilitatorEngine engine;
    private final EntryServer server;

    private FacilitatorEntry(Surroundings surroundings, Clock clock, Runnable closing) throws IOException {
        Plugins.Builder builder = Plugins.builder().discover().clock(clock);
        List<Family> families = Family.of(surroundings);
        families.forEach(family -> family.settles(builder, clock));
        plugins = builder.build();
        engine = FacilitatorEngine.builder(
                        plugins, new InMemorySettlementStore(clock), FacilitatorPolicy.anyPayee(), "entry")
                .clock(clock)
                .completer(completer)
                .build();
        server = EntryServer.bind(surroundings.port());
        server.serve(
                new EndpointHandler(FacilitatorEndpoints.builder(engine, clock).build()),
                Json.object().put("status", "ok").build(),
                closing);
    }

    /**
     * Starts to listen.
     *
     * @param variables as in the environment of the suite's facilitators
     * @param closing what to do when somebody asks to close it
     * @throws IllegalArgumentException naming a variable that is missing or cannot be used
     */
    public static FacilitatorEntry start(Map<String, String> variables, Clock clock, Runnable closing)
            throws IOException {
        return new FacilitatorEntry(new Surroundings(variables), clock, closing);
    }

    /** Returns where it listens. */
    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
        engine.close();
        completer.shutdownNow();
        plugins.close();
    }
}
