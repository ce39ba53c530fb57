package dev.x402.http.jdk;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.x402.http.Answer;
import dev.x402.http.Endpoint;
import java.io.IOException;

/**
 * An endpoint as a handler of the JDK's server.
 *
 * <p>Start the JVM with {@code -Dsun.net.httpserver.nodelay=true}: without it an answer waits some 40 ms.
 */
public final class EndpointHandler implements HttpHandler {
    private final Endpoint endpoint;

    /** A handler that answers by the endpoint. */
    public EndpointHandler(Endpoint endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = endpoint.answer(new JdkRequest(exchange));
            JdkAnswer.send(exchange, answer);
        }
    }
}
