package dev.x402.http.client;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port of an address. */
record Origin(String scheme, String host, int port) {
    static Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return new Origin(scheme, host, uri.getPort() >= 0 ? uri.getPort() : standard(scheme));
    }

    /** The same host, and the same port or each its scheme's own. */
    boolean sameButScheme(Origin other) {
        boolean standard = port == standard(scheme) && other.port == standard(other.scheme);
        return host.equals(other.host) && (port == other.port || standard);
    }

    private static int standard(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
