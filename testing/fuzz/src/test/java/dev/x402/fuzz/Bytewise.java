package dev.x402.fuzz;

import dev.x402.http.IncomingRequest;
import dev.x402.http.PathView;
import dev.x402.spi.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request made of bytes, without a server. */
record Bytewise(String method, String rawPath, String query, Map<String, List<String>> named, Bytes content)
        implements IncomingRequest {
    static Bytewise post(String path, byte[] body) {
        return new Bytewise("POST", path, "", Map.of(), Bytes.of(body));
    }

    static Bytewise get(String rawPath, String query, Map<String, List<String>> headers) {
        Map<String, List<String>> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        named.putAll(headers);
        return new Bytewise("GET", rawPath, query, named, Bytes.of(new byte[0]));
    }

    @Override
    public Optional<String> path() {
        return PathView.of(rawPath);
    }

    @Override
    public List<String> headers(String name) {
        return named.getOrDefault(name, List.of());
    }

    @Override
    public Optional<Bytes> body(int limit) {
        return content.size() > limit ? Optional.empty() : Optional.of(content);
    }
}
