package dev.x402.http.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.IncomingRequest;
import dev.x402.http.PathView;
import dev.x402.spi.Bytes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request to the JDK's server; its URI was parsed by the server, which refuses malformed percent signs. */
final class JdkRequest implements IncomingRequest {
    private final HttpExchange exchange;
    private @Nullable Bytes read;

    JdkRequest(HttpExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public Optional<String> path() {
        URI uri = exchange.getRequestURI();
        return uri.isOpaque() || uri.getRawPath() == null ? Optional.empty() : PathView.of(uri.getRawPath());
    }

    @Override
    public Optional<String> mount() {
        return Optional.of(exchange.getHttpContext().getPath()).filter(context -> !context.equals("/"));
    }

    @Override
    public String query() {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : query;
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = exchange.getRequestHeaders().get(name);
        return values == null ? List.of() : List.copyOf(values);
    }

    /** The body that was read; nothing when none was. */
    Bytes kept() {
        return read == null ? Bytes.of(new byte[0]) : read;
    }

    @Override
    public Optional<Bytes> body(int limit) throws IOException {
        if (read == null) {
            byte[] bytes = exchange.getRequestBody().readNBytes(limit + 1);
            if (bytes.length > limit) {
                return Optional.empty();
            }
            read = Bytes.of(bytes);
        }
        return Optional.of(read);
    }
}
