package dev.x402.http.servlet;

import dev.x402.http.IncomingRequest;
import dev.x402.http.PathView;
import dev.x402.spi.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A request as it is for what another page includes. */
record IncludedRequest(IncomingRequest page, String uri, String context) implements IncomingRequest {
    @Override
    public String method() {
        return page.method();
    }

    @Override
    public Optional<String> path() {
        return uri.startsWith(context) ? PathView.of(uri.substring(context.length())) : Optional.empty();
    }

    @Override
    public String query() {
        return page.query();
    }

    @Override
    public List<String> headers(String name) {
        return page.headers(name);
    }

    @Override
    public Optional<Bytes> body(int limit) throws IOException {
        return page.body(limit);
    }
}
