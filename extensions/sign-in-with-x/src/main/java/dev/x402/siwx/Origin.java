package dev.x402.siwx;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Scheme, host and port of an address, in one spelling.
 *
 * <p>Hosts are in lower case and punycode, without a dot at the end; a scheme's own port is left out.
 *
 * @param scheme {@code https} or {@code http}
 * @param domain host, and port unless it is the scheme's own
 */
record Origin(String scheme, String domain) {
    private static final int LONGEST = 4096;
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?" + "(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern IP6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}|0");
    private static final Pattern PLAIN = Pattern.compile("[!-~]*");

    /** Letters that the versions of IDNA map to different hosts. */
    private static final Pattern DEVIATING = Pattern.compile("[\\u00df\\u1e9e\\u03c2\\u200c\\u200d]");

    /** The origin of an absolute address; empty when it is none, or one that programs read differently. */
    static Optional<Origin> find(String url) {
        int end = url.length() > LONGEST ? -1 : url.indexOf("://");
        if (end < 0) {
            return Optional.empty();
        }
        String scheme = url.substring(0, end).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.empty();
        }
        int path = path(url, end + 3);
        if (!PLAIN.matcher(url).region(path, url.length()).matches()) {
            return Optional.empty();
        }
        return domain(url.substring(end + 3, path), scheme.equals("https") ? "443" : "80")
                .map(domain -> new Origin(scheme, domain));
    }

    /**
     * The origin that an application names.
     *
     * @throws IllegalArgumentException when the text is more or less than an origin
     */
    static Origin configured(String text) {
        return find(text)
                .filter(origin -> path(text, text.indexOf("://") + 3) >= text.length() - (text.endsWith("/") ? 1 : 0))
                .orElseThrow(() -> new IllegalArgumentException(
                        "origin: expected scheme, host and perhaps port such as https://api.example.com"));
    }

    /** Whether the address is of this origin, in the one spelling. */
    boolean begins(String url) {
        String prefix = toString();
        return url.startsWith(prefix)
                && path(url, scheme.length() + 3) == prefix.length()
                && find(url).equals(Optional.of(this));
    }

    /** The address with its origin in the one spelling, without fragment; empty when it is none. */
    static Optional<String> located(String url) {
        return find(url).map(origin -> {
            String rest = url.substring(path(url, url.indexOf("://") + 3));
            int fragment = rest.indexOf('#');
            String named = fragment < 0 ? rest : rest.substring(0, fragment);
            return origin + (named.startsWith("/") ? named : "/" + named);
        });
    }

    private static int path(String url, int from) {
        int at = from;
        while (at < url.length() && "/?#\\".indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static Optional<String> domain(String authority, String ownPort) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String port = hasPort ? authority.substring(colon + 1) : ownPort;
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > 65_535) {
            return Optional.empty();
        }
        return host(hasPort ? authority.substring(0, colon) : authority)
                .map(host -> port.equals(ownPort) ? host : host + ":" + port);
    }

    private static Optional<String> host(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (IP6.matcher(lower).matches()) {
            return Optional.of(lower);
        }
        if (lower.isEmpty() || lower.length() > 254 || DEVIATING.matcher(text).find()) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(lower).toLowerCase(Locale.ROOT);
            String host = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            return HOST.matcher(host).matches() ? Optional.of(host) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The origin, such as {@code https://api.example.com}. */
    @Override
    public String toString() {
        return scheme + "://" + domain;
    }
}
