package dev.x402.interop.entry;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server on the loopback interface, with the suite's health and close. */
final class EntryServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool(EntryServer::daemon);

    private EntryServer(HttpServer server) {
        this.server = server;
    }

    /** A bound server that takes no request yet. */
    static EntryServer bind(int port) throws IOException {
        return new EntryServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    }

    /**
     * Serves the handler behind the filters.
     *
     * @param health what {@code GET /health} answers
     * @param closing what {@code POST /close} does once it is answered
     */
    void serve(HttpHandler handler, Json.Obj health, Runnable closing, Filter... filters) {
        server.createContext("/", handler).getFilters().addAll(List.of(filters));
        server.createContext("/health", exchange -> answer(exchange, 200, health));
        server.createContext("/close", exchange -> {
            boolean asked = exchange.getRequestMethod().equals("POST");
            answer(
                    exchange,
                    asked ? 200 : 405,
                    Json.object().put("closing", asked).build());
            if (asked) {
                executor.execute(closing);
            }
        });
        server.setExecutor(executor);
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Answers with JSON. */
    static void answer(HttpExchange exchange, int status, Json.Obj value) throws IOException {
        try (exchange) {
            byte[] body = Codec.JSON.write(value);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "entry");
        thread.setDaemon(true);
        return thread;
    }
}
