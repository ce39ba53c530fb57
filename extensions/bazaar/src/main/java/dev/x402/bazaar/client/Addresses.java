package dev.x402.bazaar.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which addresses a catalogue has, and which it may name. */
final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+|0x.*|\\[.*");
    private static final int LONGEST = 2_048;

    private Addresses() {}

    /** The catalogue's address, without slashes at its end. */
    static URI catalogue(URI address) {
        boolean secure = "https".equalsIgnoreCase(address.getScheme())
                || ("http".equalsIgnoreCase(address.getScheme()) && isLocal(address));
        if (!secure
                || address.getHost() == null
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw new IllegalArgumentException("catalogue: expected https://host/path (http only on the loopback)"
                    + " without user, query and fragment, saw scheme '" + address.getScheme() + "' and host '"
                    + address.getHost() + "'");
        }
        return URI.create(address.toString().replaceAll("/+$", ""));
    }

    static boolean isLocal(URI address) {
        return address.getHost() != null && LOOPBACK.contains(address.getHost().toLowerCase(Locale.ROOT));
    }

    /**
     * A service that a catalogue named.
     *
     * <p>By https at a name with a dot; a catalogue of this machine may name this machine, too. Empty for every other,
     * for a template, and for what carries a user or a fragment.
     */
    static Optional<URI> service(String text, boolean local) {
        if (text.length() > LONGEST || text.contains("/:")) {
            return Optional.empty();
        }
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        boolean plain = !host.isEmpty() && address.getRawUserInfo() == null && address.getRawFragment() == null;
        boolean remote = "https".equalsIgnoreCase(address.getScheme())
                && host.indexOf('.') > 0
                && !NUMBER.matcher(host).matches()
                && !host.endsWith(".local")
                && !host.endsWith(".internal")
                && !host.endsWith(".localhost");
        boolean here = local
                && isLocal(address)
                && ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()));
        return plain && (remote || here) ? Optional.of(address) : Optional.empty();
    }
}
