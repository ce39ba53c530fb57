package dev.x402.quickstart;

import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.http.facilitator.FacilitatorEndpoints;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A facilitator for all that its plugins settle, over HTTP. */
final class LocalFacilitator implements AutoCloseable {
    private final ExecutorService completer = Executors.newFixedThreadPool(2);
    private final Plugins plugins;
    private final FacilitatorEngine engine;
    private final LocalServer server;

    /** Closes the plugins when it is closed. */
    LocalFacilitator(Plugins plugins, Clock clock) throws IOException {
        this.plugins = plugins;
        engine = FacilitatorEngine.builder(
                        plugins, new InMemorySettlementStore(clock), FacilitatorPolicy.anyPayee(), "quickstart")
                .clock(clock)
                .completer(completer)
                .build();
        server = LocalServer.bind()
                .serve(new EndpointHandler(
                        FacilitatorEndpoints.builder(engine, clock).build()));
    }

    URI uri() {
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
