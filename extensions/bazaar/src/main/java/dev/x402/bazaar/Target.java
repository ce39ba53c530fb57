package dev.x402.bazaar;

import dev.x402.spec.MalformedMessageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that may be asked: https, a public-looking name, a path.
 *
 * @param scheme {@code https}, or {@code http} at the loopback where that is allowed
 * @param host in lower case
 * @param port the scheme's own unless said
 * @param path raw, beginning with a slash; queries are left out, for they are the payer's
 */
record Target(String scheme, String host, int port, String path) {
    private static final int LONGEST = 2048;
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** How strangers' addresses may look. */
    enum Reach {
        /** Over https at a name. */
        PUBLIC,
        /** Over http and at any host too: for tests at the loopback. */
        LOOPBACK
    }

    static Optional<Target> find(String url) {
        try {
            return Optional.of(parse("", url, Reach.PUBLIC));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads an address.
     *
     * @throws MalformedMessageException naming the place when it may not be asked
     */
    static Target parse(String pointer, String url, Reach reach) {
        URI uri = uri(pointer, url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(reach == Reach.LOOPBACK && scheme.equals("http"))) {
            throw refused(pointer, "an https address", scheme.isEmpty() ? "no scheme" : "another scheme");
        }
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        boolean named = host.length() <= 253 && NAME.matcher(host).matches();
        if (host.isEmpty() || (!named && reach == Reach.PUBLIC)) {
            throw refused(pointer, "a host with a public name", "another host");
        }
        if (uri.getRawUserInfo() != null) {
            throw refused(pointer, "an address without a user", "one");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        if (RouteTemplate.decoded(path).filter(Target::isPlain).isEmpty()) {
            throw refused(pointer, "a path without . and .. and encoded once", "another");
        }
        int port = uri.getPort() == -1 ? (scheme.equals("https") ? 443 : 80) : uri.getPort();
        return new Target(scheme, host, port, path);
    }

    private static URI uri(String pointer, String url) {
        boolean ascii = url.length() <= LONGEST && url.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        try {
            if (ascii) {
                return new URI(url);
            }
        } catch (URISyntaxException e) {
            // answered below
        }
        throw refused(pointer, "an address of at most " + LONGEST + " ASCII characters", "another");
    }

    private static boolean isPlain(String decoded) {
        return decoded.chars().noneMatch(c -> c < 0x20 || c == 0x7f || c == '\\')
                && Arrays.stream(decoded.split("/", -1)).noneMatch(s -> s.equals(".") || s.equals(".."));
    }

    private static MalformedMessageException refused(String pointer, String expected, String seen) {
        return new MalformedMessageException(pointer, expected, seen);
    }

    /** Scheme, host, and the port where it is not the scheme's own. */
    String origin() {
        return scheme + "://" + authority();
    }

    /** What the header {@code Host} says. */
    String authority() {
        return port == (scheme.equals("https") ? 443 : 80) ? host : host + ':' + port;
    }

    /** The whole address. */
    String url() {
        return origin() + path;
    }

    Target withPath(String other) {
        return new Target(scheme, host, port, other);
    }
}
