package dev.x402.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
    private static final List<String> REQUESTS =
            IntStream.range(0, 40).mapToObj(Integer::toString).toList();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    /** Answers what it hears, of a length that is said before, or in chunks. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                heard.add(new String(body, UTF_8));
                exchange.sendResponseHeaders(
                        200, exchange.getRequestURI().getPath().equals("/chunks") ? 0 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void each_request_is_asked_once() throws Exception {
        ClosedLoop.Seen seen = ClosedLoop.run(
                uri(),
                4,
                PATIENCE,
                REQUESTS,
                (wire, request) -> assertEquals(request, wire.post("/", request).body()));
        assertEquals(REQUESTS.size(), seen.answered());
        assertEquals(
                REQUESTS.stream().sorted().toList(), heard.stream().sorted().toList());
    }

    @Test
    void an_answer_in_chunks_is_read_whole() throws Exception {
        ClosedLoop.run(
                uri(),
                1,
                PATIENCE,
                REQUESTS,
                (wire, request) ->
                        assertEquals(request, wire.post("/chunks", request).body()));
    }

    @Test
    void a_client_that_is_answered_otherwise_fails_the_run() {
        IOException failed = assertThrows(
                IOException.class,
                () -> ClosedLoop.run(uri(), 2, PATIENCE, REQUESTS, (wire, request) -> {
                    throw new IOException("saw " + wire.post("/", request).status());
                }));
        assertEquals(uri() + ": a client failed", failed.getMessage());
    }

    private URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }
}
