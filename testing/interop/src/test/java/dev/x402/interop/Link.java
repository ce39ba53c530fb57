package dev.x402.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a seller and a real facilitator, and can make a hostile one of it. */
public final class Link implements AutoCloseable {
    /** What comes instead of the facilitator's answer; empty breaks the connection. */
    interface Manner {
        Optional<Reply> answer(Asked asked, Facilitator facilitator) throws IOException;
    }

    /** The real facilitator, for what is to reach it. */
    interface Facilitator {
        Reply answer(Asked asked) throws IOException;
    }

    record Asked(String method, String path, String body) {}

    record Reply(int status, String body) {
        static Reply ok(String body) {
            return new Reply(200, body);
        }
    }

    private static final Manner HONEST = (asked, facilitator) -> Optional.of(facilitator.answer(asked));

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Asked> seen = new CopyOnWriteArrayList<>();
    private final URI facilitator;
    private volatile Manner manner = HONEST;

    Link(URI facilitator) throws IOException {
        this.facilitator = facilitator;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Behaves so from now on; what was seen is forgotten. */
    void behave(Manner next) {
        seen.clear();
        manner = next;
    }

    /** Passes everything on again; what was seen is forgotten. */
    void honest() {
        behave(HONEST);
    }

    /** What was asked of one path since it behaves so. */
    List<Asked> asked(String path) {
        return seen.stream().filter(asked -> asked.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked asked = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            seen.add(asked);
            Optional<Reply> reply = manner.answer(asked, this::forward);
            if (reply.isPresent()) {
                byte[] body = reply.get().body().getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(reply.get().status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Reply forward(Asked asked) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(facilitator.resolve(asked.path()));
        if (asked.method().equals("POST")) {
            request.setHeader("Content-Type", "application/json").POST(BodyPublishers.ofString(asked.body()));
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the facilitator was asked");
        }
    }
}
