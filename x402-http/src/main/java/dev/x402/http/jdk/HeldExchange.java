package dev.x402.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.Answer;
import dev.x402.http.HeldBody;
import dev.x402.spi.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exchange of which nothing reaches the client. */
final class HeldExchange extends ReadExchange {
    /** Headers that the server writes itself for what is sent. */
    private static final Set<String> OF_THE_SERVER =
            Set.of("content-length", "transfer-encoding", "connection", "date", "keep-alive", "trailer", "upgrade");

    private final Headers written = new Headers();
    private final HeldBody body;
    private OutputStream out;

    HeldExchange(HttpExchange real, Bytes request, int limit) {
        super(real, request);
        this.body = new HeldBody(limit);
        this.out = body;
    }

    /** The whole answer; empty when it was over the limit. */
    Optional<Answer> answer() throws IOException {
        if (body.overflown()) {
            return Optional.empty();
        }
        int status = answered();
        Bytes held = body.seal();
        List<Answer.Header> headers = new ArrayList<>();
        written.forEach((name, values) -> {
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
    public Headers getResponseHeaders() {
        return written;
    }

    @Override
    public void close() {
        // The answer is sent, and the exchange closed, once the money moved.
    }

    @Override
    public OutputStream getResponseBody() {
        return out;
    }

    @Override
    public void sendResponseHeaders(int code, long length) throws IOException {
        begin(code);
    }

    @Override
    public void setStreams(@Nullable InputStream given, @Nullable OutputStream taken) {
        readFrom(given);
        out = taken == null ? out : taken;
    }
}
