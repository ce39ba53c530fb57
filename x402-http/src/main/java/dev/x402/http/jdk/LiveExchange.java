package dev.x402.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.Answer;
import dev.x402.http.server.Delivery;
import dev.x402.spi.Bytes;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange whose answer goes out as it is made, behind the receipt. */
final class LiveExchange extends ReadExchange {
    private final HttpExchange real;
    private final Delivery delivery;
    private @Nullable OutputStream out;
    private boolean lost;

    LiveExchange(HttpExchange real, Bytes request, Delivery delivery) {
        super(real, request);
        this.real = real;
        this.delivery = delivery;
    }

    /** The handler returned: the answer is closed, and delivered if the client took all of it. */
    void end() throws IOException {
        int status = answered();
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
        List<Answer.Header> chosen = new ArrayList<>();
        getResponseHeaders()
                .forEach((name, values) -> values.forEach(value -> chosen.add(new Answer.Header(name, value))));
        List<Answer.Header> sent = delivery.headers(code, chosen);
        begin(code);
        getResponseHeaders().clear();
        sent.forEach(header -> getResponseHeaders().add(header.name(), header.value()));
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
        if (!begun()) {
            lost = true;
        }
        real.close();
    }

    @Override
    public Headers getResponseHeaders() {
        return real.getResponseHeaders();
    }

    @Override
    public void setStreams(@Nullable InputStream given, @Nullable OutputStream taken) {
        readFrom(given);
        out = taken == null ? out : taken;
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
