package dev.x402.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.x402.spi.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exchange whose body was read before; who extends it decides over the answer. */
abstract class ReadExchange extends HttpExchange {
    private final HttpExchange real;
    private final Map<String, @Nullable Object> attributes = new HashMap<>();
    private InputStream in;
    private int status = -1;

    ReadExchange(HttpExchange real, Bytes request) {
        this.real = real;
        this.in = new ByteArrayInputStream(request.toArray());
    }

    /** Takes the status of the answer, once. */
    final void begin(int code) throws IOException {
        if (status >= 0) {
            throw new IOException("headers already sent");
        }
        if (code < 200 || code > 599) {
            throw new IOException("status: expected 200 to 599, saw " + code);
        }
        status = code;
    }

    /** Whether the answer has a status; what is sent of it is another matter. */
    final boolean begun() {
        return status >= 0;
    }

    /** The status; a handler that returned without one failed. */
    final int answered() throws IOException {
        if (status < 0) {
            throw new IOException("handler: expected an answer before it returned, saw none");
        }
        return status;
    }

    /** Reads from another stream, unless it is null. */
    final void readFrom(@Nullable InputStream given) {
        in = given == null ? in : given;
    }

    @Override
    public Headers getRequestHeaders() {
        return real.getRequestHeaders();
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
    public InputStream getRequestBody() {
        return in;
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
    public HttpPrincipal getPrincipal() {
        return real.getPrincipal();
    }
}
