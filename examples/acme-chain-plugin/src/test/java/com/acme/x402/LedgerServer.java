package com.acme.x402;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A ledger behind HTTP on a free port of the loopback interface. */
final class LedgerServer implements AutoCloseable {
    private static final int LONGEST = 16 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Ledger ledger;
    private final AtomicBoolean silent = new AtomicBoolean();
    private volatile boolean out;

    LedgerServer(Ledger ledger) throws IOException {
        this.ledger = ledger;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/authorizations/", exchange -> serve(exchange, () -> answer(exchange, 200, view(exchange))));
        server.createContext("/transactions", exchange -> serve(exchange, () -> take(exchange)));
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** The next transaction is taken and the answer is lost. */
    void loseNextAnswer() {
        silent.set(true);
    }

    /** While on, nothing is answered but 503. */
    void outage(boolean on) {
        out = on;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange, Work work) throws IOException {
        if (out) {
            answer(exchange, 503, Json.Obj.EMPTY);
        } else {
            work.run();
        }
    }

    private Json view(HttpExchange exchange) {
        String[] path = exchange.getRequestURI().getPath().split("/");
        String asset = exchange.getRequestURI().getQuery().substring("asset=".length());
        return ledger.view(path[2], path[3], asset);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST);
        String refusal;
        try {
            refusal = ledger.take(body);
        } catch (MalformedMessageException malformed) {
            refusal = String.valueOf(malformed.getMessage());
        }
        if (silent.getAndSet(false)) {
            exchange.close();
        } else {
            answer(exchange, refusal.isEmpty() ? 200 : 400, Json.Obj.EMPTY.with("refused", refusal));
        }
    }

    private static void answer(HttpExchange exchange, int status, Json json) throws IOException {
        byte[] body = Codec.JSON.write(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** An answer that is being written. */
    private interface Work {
        void run() throws IOException;
    }
}
