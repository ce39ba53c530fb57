package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.JdkServer;
import dev.x402.http.jdk.PaymentFilter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class JdkStreamingTest extends StreamingContract {
    private final Queue<String> remembered = new ConcurrentLinkedQueue<>();
    private Optional<JdkServer> server = Optional.empty();

    @Override
    URI start(PaidRoutes routes, Handler run) {
        JdkServer started = new JdkServer("/x-unused", exchange -> {});
        started.server()
                .createContext("/", exchange -> handle(exchange, run))
                .getFilters()
                .add(new PaymentFilter(routes));
        server = Optional.of(started);
        return started.uri("/");
    }

    private void handle(HttpExchange exchange, Handler run) throws IOException {
        remembered.add(String.valueOf(exchange.getAttribute("caller")));
        exchange.setAttribute("caller", "somebody");
        try {
            run.handle(new Sink() {
                @Override
                public void head(int status, String... header) throws IOException {
                    if (header.length == 2) {
                        exchange.getResponseHeaders().set(header[0], header[1]);
                    }
                    exchange.sendResponseHeaders(status, 0);
                }

                @Override
                public void write(String text) throws IOException {
                    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
                }

                @Override
                public void flush() throws IOException {
                    exchange.getResponseBody().flush();
                }
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    void stop() {
        server.ifPresent(JdkServer::close);
    }

    @Test
    void what_one_streamed_exchange_remembers_no_other_sees() {
        first("one");
        first("two");
        assertEquals(List.of("null", "null"), List.copyOf(remembered));
    }
}
