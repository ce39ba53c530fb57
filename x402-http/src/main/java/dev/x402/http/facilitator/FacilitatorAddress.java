package dev.x402.http.facilitator;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Where payments may be sent to. */
final class FacilitatorAddress {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private FacilitatorAddress() {}

    /** The address without slashes at its end. */
    static String check(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        boolean plain = address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && !host.isEmpty();
        boolean secure = scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host));
        if (!plain || !secure) {
            throw new IllegalArgumentException("facilitator: expected https://host/path (http only on the loopback)"
                    + " without user, query and fragment, saw scheme '" + scheme + "' and host '" + host + "'");
        }
        String text = address.toString();
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }
}
