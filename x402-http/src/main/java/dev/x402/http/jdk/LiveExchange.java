package dev.x402.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.x402.http.Answer;
import dev.x402.http.server.Delivery;
import dev.x402.http.server.Paid;
import dev.x402.spi.Bytes;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange whose answer goes out as it is made, behind the receipt. */
final class LiveExchange extends HttpExchange {
    private final HttpExchange real;
    private final Delivery delivery;
    private final Paid paid;
    private InputStream in;
    private @Nullable OutputStream out;
    private boolean lost;
    private int status = -1;

    LiveExchange(HttpExchange real, Bytes request, Paid paid, Delivery delivery) {
        this.real = real;
        this.delivery = delivery;
        this.paid = paid;
        this.in = new ByteArrayInputStream(request.toArray());
    }

    /** Whether something of the answer went out, or may have. */
    boolean begun() {
        return status >= 0;
    }

    /** The handler returned: the answer is closed, and delivered if the client took all of it. */
    void end() throws IOException {
        if (status < 0) {
            throw new IOException("handler: expected an answer before it returned, saw none");
        }
        if (!lost) {
            getResponseBody().close();
        }
        if (lost) {
            delivery.failed();
        } else {
            delivery.ended(status);
        }
    }

    @Override
    public void sendResponseHeaders(int code, long length) throws IOException {
        if (status >= 0) {
            throw new IOException("headers already sent");
        }
        if (code < 200 || code > 599) {
            throw new IOException("status: expected 200 to 599, saw " + code);
        }
        List<Answer.Header> chosen = new ArrayList<>();
        getResponseHeaders()
                .forEach((name, values) -> values.forEach(value -> chosen.add(new Answer.Header(name, value))));
        getResponseHeaders().clear();
        delivery.headers(code, chosen).forEach(header -> getResponseHeaders().add(header.name(), header.value()));
        status = code;
        try {
            real.sendResponseHeaders(code, length);
        } catch (IOException e) {
            lost = true;
            throw e;
        }
    }

    @Override
    public OutputStream getResponseBody() {
        if (out == null) {
            out = new Watched(real.getResponseBody());
        }
        return out;
    }

    @Override
    public void close() {
        if (status < 0) {
            lost = true;
        }
        real.close();
    }

    @Override
    public Headers getRequestHeaders() {
        return real.getRequestHeaders();
    }

    @Override
    public Headers getResponseHeaders() {
        return real.getResponseHeaders();
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

    /** The payment is this exchange's alone: the server's own attributes belong to the context. */
    @Override
    @SuppressWarnings("NullAway") // the server's own type says that an absent attribute is null
    public Object getAttribute(String name) {
        return name.equals(Paid.ATTRIBUTE) ? paid : real.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        real.setAttribute(name, value);
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

    /** Notices that the client is gone, also where the handler does not. */
    private final class Watched extends FilterOutputStream {
        Watched(OutputStream body) {
            super(body);
        }

        @Override
        public void write(int one) throws IOException {
            watched(() -> out.write(one));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            watched(() -> out.write(bytes, from, length));
        }

        @Override
        public void flush() throws IOException {
            watched(out::flush);
        }

        @Override
        public void close() throws IOException {
            watched(out::close);
        }

        private void watched(Write write) throws IOException {
            try {
                write.run();
            } catch (IOException e) {
                lost = true;
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
