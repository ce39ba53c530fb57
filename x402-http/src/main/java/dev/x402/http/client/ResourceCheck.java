package dev.x402.http.client;

import dev.x402.spec.ResourceInfo;
import java.net.URI;

/** Tells whether a challenge is about what was asked for. */
@FunctionalInterface
public interface ResourceCheck {
    /** Whether the named resource is the one at this address. */
    boolean accepts(URI requested, ResourceInfo named);

    /**
     * The same host, port and path.
     *
     * <p>The query may differ, and a server behind a TLS proxy may say {@code http}; a path alone is taken as below the
     * requested origin.
     */
    static ResourceCheck samePath() {
        return (requested, named) -> {
            URI url;
            try {
                url = requested.resolve(named.url());
            } catch (IllegalArgumentException e) {
                return false;
            }
            return url.getHost() != null
                    && url.getRawUserInfo() == null
                    && Origin.of(requested).sameButScheme(Origin.of(url))
                    && path(requested).equals(path(url));
        };
    }

    /** Whatever the server says. */
    static ResourceCheck any() {
        return (requested, named) -> true;
    }

    private static String path(URI uri) {
        return uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }
}
