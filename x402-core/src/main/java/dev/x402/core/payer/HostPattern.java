package dev.x402.core.payer;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host by its ASCII name.
 *
 * @param name without a dot at the end; as in {@code [::1]} for an address of IPv6
 * @param below whether the names below it are meant, and not the name itself
 * @param port or 0 for any
 */
record HostPattern(String name, boolean below, int port) {
    /** The pattern of a word; empty when it is no host. */
    static Optional<HostPattern> find(String word) {
        boolean below = word.startsWith("*.");
        String rest = below ? word.substring(2) : word;
        int port = 0;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf(']')) {
            String digits = rest.substring(colon + 1);
            if (!digits.matches("[1-9][0-9]{0,4}") || Integer.parseInt(digits) > 65_535) {
                return Optional.empty();
            }
            port = Integer.parseInt(digits);
            rest = rest.substring(0, colon);
        }
        String ascii = ascii(rest);
        return ascii == null || (below && ascii.startsWith("["))
                ? Optional.empty()
                : Optional.of(new HostPattern(ascii, below, port));
    }

    /** The host and port of an address; empty when it has none that can be read. */
    static Optional<HostPattern> ofUrl(String url) {
        try {
            URI uri = new URI(url);
            String name = uri.getHost() == null ? null : ascii(uri.getHost());
            if (name == null) {
                return Optional.empty();
            }
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            int usual = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : 0;
            return Optional.of(new HostPattern(name, false, uri.getPort() > 0 ? uri.getPort() : usual));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String ascii(String host) {
        if (host.matches("\\[[0-9a-fA-F:.]{2,45}\\]")) {
            return host.toLowerCase(Locale.ROOT);
        }
        String ascii;
        try {
            ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        return name.isEmpty() || name.length() > 253 || name.startsWith(".") || name.contains("..") ? null : name;
    }

    /** Whether every host of the other is one of these. */
    boolean covers(HostPattern other) {
        boolean named = below
                ? other.name.endsWith("." + name) || (other.below && other.name.equals(name))
                : !other.below && other.name.equals(name);
        return named && (port == 0 || port == other.port);
    }

    @Override
    public String toString() {
        return (below ? "*." : "") + name + (port == 0 ? "" : ":" + port);
    }
}
