package dev.x402.http.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.Answer;
import java.io.IOException;
import java.io.OutputStream;

/** Sends an answer by the JDK's server. */
final class JdkAnswer {
    private static final long NO_BODY = -1;

    private JdkAnswer() {}

    static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(header -> exchange.getResponseHeaders().add(header.name(), header.value()));
        byte[] body = answer.body().toArray();
        boolean silent = exchange.getRequestMethod().equals("HEAD")
                || answer.status() == 204
                || answer.status() == 304
                || body.length == 0;
        if (silent) {
            exchange.sendResponseHeaders(answer.status(), NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
