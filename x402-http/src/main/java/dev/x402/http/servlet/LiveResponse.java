package dev.x402.http.servlet;

import dev.x402.http.Answer;
import dev.x402.http.server.Delivery;
import dev.x402.spec.HeaderNames;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response that goes out as it is made, with the receipt in its head.
 *
 * <p>As a listener it ends the delivery of an asynchronous answer, however that ends.
 */
final class LiveResponse extends HttpServletResponseWrapper implements AsyncListener {
    private static final String CACHE = "Cache-Control";
    private static final String RECEIPT = HeaderNames.PAYMENT_RESPONSE;

    private final Delivery delivery;
    private volatile boolean asynchronous;
    private volatile boolean lost;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    LiveResponse(HttpServletResponse response, Delivery delivery) {
        super(response);
        this.delivery = delivery;
        stamp();
    }

    private void stamp() {
        delivery.headers(SC_OK, List.of()).forEach(header -> super.setHeader(header.name(), header.value()));
    }

    /** The handler returned; the answer is delivered once the client took it, if it is whole. */
    void end() throws IOException {
        if (!asynchronous) {
            flushBuffer();
            over();
        }
    }

    private void over() {
        if (lost || (writer != null && writer.checkError())) {
            delivery.failed();
        } else {
            delivery.ended(getStatus());
        }
    }

    void goesOnLater() {
        asynchronous = true;
    }

    boolean asynchronous() {
        return asynchronous;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (name.equalsIgnoreCase(CACHE)) {
            cached(value);
        } else if (!name.equalsIgnoreCase(RECEIPT)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase(CACHE)) {
            cached(getHeader(CACHE) + ", " + value);
        } else if (!name.equalsIgnoreCase(RECEIPT)) {
            super.addHeader(name, value);
        }
    }

    private void cached(@Nullable String rules) {
        List<Answer.Header> asked = rules == null ? List.of() : List.of(new Answer.Header(CACHE, rules));
        for (Answer.Header header : delivery.headers(SC_OK, asked)) {
            if (header.name().equals(CACHE)) {
                super.setHeader(CACHE, header.value());
            }
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new Watched(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = super.getWriter();
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        watched(super::flushBuffer);
    }

    /** Notices that the client is gone, also where the handler does not. */
    private void watched(Write write) throws IOException {
        try {
            write.run();
        } catch (IOException e) {
            lost = true;
            throw e;
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private final class Watched extends ServletOutputStream {
        private final ServletOutputStream real;

        Watched(ServletOutputStream real) {
            this.real = real;
        }

        @Override
        public void write(int one) throws IOException {
            watched(() -> real.write(one));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            watched(() -> real.write(bytes, from, length));
        }

        @Override
        public void flush() throws IOException {
            watched(real::flush);
        }

        @Override
        public void close() throws IOException {
            watched(real::close);
        }

        @Override
        public boolean isReady() {
            return real.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            real.setWriteListener(listener);
        }
    }

    /** Without the container's page, which would be made in another dispatch. */
    @Override
    public void sendError(int code) throws IOException {
        resetBuffer();
        setStatus(code);
        flushBuffer();
    }

    @Override
    public void sendError(int code, String message) throws IOException {
        sendError(code);
    }

    @Override
    public void reset() {
        super.reset();
        stream = null;
        writer = null;
        stamp();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        delivery.failed();
    }

    @Override
    public void onError(AsyncEvent event) {
        delivery.failed();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
