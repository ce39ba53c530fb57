package dev.x402.http.facilitator;

import java.net.URI;
import java.util.Map;

/** Headers that tell a facilitator who asks, made anew for each request. */
@FunctionalInterface
public interface Authorization {
    /**
     * The headers of one request, by name.
     *
     * <p>An exception means that the request is not sent.
     *
     * @param operation that is asked
     * @param target the address that the request goes to, for tokens that are bound to it
     */
    Map<String, String> headers(Operation operation, URI target);

    /** No headers. */
    static Authorization none() {
        return (operation, target) -> Map.of();
    }
}
