package dev.x402.http.server;

import java.util.List;
import java.util.Map;

/** A handler that any server can run: what it answers to a request. */
@FunctionalInterface
public interface App {
    Page handle(Call call) throws Exception;

    /** A request as a handler sees it. */
    record Call(String method, String path, String body, Object paid) {}

    /** What a handler answers. */
    record Page(int status, Map<String, List<String>> headers, String body) {
        static Page of(int status, String body) {
            return new Page(status, Map.of(), body);
        }

        Page with(String name, String... values) {
            Map<String, List<String>> changed = new java.util.LinkedHashMap<>(headers);
            changed.put(name, List.of(values));
            return new Page(status, changed, body);
        }
    }
}
