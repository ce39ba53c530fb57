package dev.x402.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.x402.http.Answer;
import dev.x402.http.HeldBody;
import dev.x402.spi.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exchange of which nothing reaches the client. */
final class HeldExchange extends HttpExchange {
    /** Headers that the server writes itself for what is sent. */
    private static final Set<String> OF_THE_SERVER =
            Set.of("content-length", "transfer-encoding", "connection", "date", "keep-alive", "trailer", "upgrade");

    private final HttpExchange real;
    private final Headers answered = new Headers();
    private final Map<String, @Nullable Object> attributes = new HashMap<>();
    private final HeldBody body;
    private InputStream in;
    private OutputStream out;
    private int status = -1;

    HeldExchange(HttpExchange real, Bytes request, int limit) {
        this.real = real;
        this.body = new HeldBody(limit);
        this.in = new ByteArrayInputStream(request.toArray());
        this.out = body;
    }

    /** The whole answer; empty when it was over the limit. */
    Optional<Answer> answer() throws IOException {
        if (body.overflown()) {
            return Optional.empty();
        }
        if (status < 0) {
            throw new IOException("handler: expected an answer before it returned, saw none");
        }
        Bytes held = body.seal();
        List<Answer.Header> headers = new ArrayList<>();
        answered.forEach((name, values) -> {
            if (!OF_THE_SERVER.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> headers.add(new Answer.Header(name, value)));
            }
        });
        return Optional.of(new Answer(status, headers, held));
    }

    /** Nothing when the answer was too long, which is why the handler failed; else its failure. */
    <E extends Exception> Optional<Answer> unlessOverflown(E failure) throws E {
        if (body.overflown()) {
            return Optional.empty();
        }
        throw failure;
    }

    @Override
    public Headers getRequestHeaders() {
        return real.getRequestHeaders();
    }

    @Override
    public Headers getResponseHeaders() {
        return answered;
    }

    @Override
    public URI getRequestURI() {
        return real.getRequestURI();
    }

    @Override
    public String getRequestMethod() {
        return real.getRequestMethod();
    }

    @Override
    public HttpContext getHttpContext() {
        return real.getHttpContext();
    }

    @Override
    public void close() {
        // The answer is sent, and the exchange closed, once the money moved.
    }

    @Override
    public InputStream getRequestBody() {
        return in;
    }

    @Override
    public OutputStream getResponseBody() {
        return out;
    }

    @Override
    public void sendResponseHeaders(int code, long length) throws IOException {
        if (status >= 0) {
            throw new IOException("headers already sent");
        }
        if (code < 200 || code > 599) {
            throw new IOException("status: expected 200 to 599, saw " + code);
        }
        status = code;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return real.getRemoteAddress();
    }

    @Override
    public int getResponseCode() {
        return status;
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return real.getLocalAddress();
    }

    @Override
    public String getProtocol() {
        return real.getProtocol();
    }

    @Override
    @SuppressWarnings("NullAway") // the server's own type says that an absent attribute is null
    public Object getAttribute(String name) {
        return attributes.containsKey(name) ? attributes.get(name) : real.getAttribute(name);
    }

    /** Of this exchange alone: the server's own attributes belong to the context, which all requests share. */
    @Override
    public void setAttribute(String name, @Nullable Object value) {
        attributes.put(name, value);
    }

    @Override
    public void setStreams(@Nullable InputStream given, @Nullable OutputStream taken) {
        in = given == null ? in : given;
        out = taken == null ? out : taken;
    }

    @Override
    public HttpPrincipal getPrincipal() {
        return real.getPrincipal();
    }
}
