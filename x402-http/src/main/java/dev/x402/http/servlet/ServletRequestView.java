package dev.x402.http.servlet;

import dev.x402.http.IncomingRequest;
import dev.x402.http.PathView;
import dev.x402.spi.Bytes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request to a servlet container: the container's own reading of the path, if ours is the same. */
final class ServletRequestView implements IncomingRequest {
    private final HttpServletRequest request;
    private @Nullable Bytes read;

    ServletRequestView(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public Optional<String> path() {
        String dispatched = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        String uri = request.getRequestURI();
        String context = request.getContextPath();
        if (uri == null || !uri.startsWith(context)) {
            return Optional.empty();
        }
        String below = uri.substring(context.length());
        return PathView.of(below.isEmpty() ? "/" : below)
                .filter(path -> path.equals(dispatched) || (dispatched.isEmpty() && path.equals("/")));
    }

    @Override
    public Optional<String> mount() {
        return request.getPathInfo() == null
                ? Optional.empty()
                : Optional.of(request.getServletPath()).filter(mapping -> !mapping.isEmpty());
    }

    @Override
    public String query() {
        return request.getQueryString() == null ? "" : request.getQueryString();
    }

    @Override
    public List<String> headers(String name) {
        return request.getHeaders(name) == null ? List.of() : Collections.list(request.getHeaders(name));
    }

    /** The body that was read; nothing when none was. */
    Bytes kept() {
        return read == null ? Bytes.of(new byte[0]) : read;
    }

    @Override
    public Optional<Bytes> body(int limit) throws IOException {
        if (read == null) {
            byte[] bytes = request.getInputStream().readNBytes(limit + 1);
            if (bytes.length > limit) {
                return Optional.empty();
            }
            read = Bytes.of(bytes);
        }
        return Optional.of(read);
    }
}
