package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A scheme on a network that a facilitator serves in version 2 (section 7.3).
 *
 * @param scheme such as {@code exact}
 * @param network one network, never a family
 * @param extra what a seller must put into its offers, such as a fee payer
 * @param unknown members that this version does not know
 */
public record SupportedKind(String scheme, Network network, Json.@Nullable Obj extra, Json.Obj unknown) {
    public SupportedKind {
        requireNonNull(scheme, "scheme");
        requireNonNull(network, "network");
        requireNonNull(unknown, "unknown");
    }

    /** A kind that needs nothing in the offers. */
    public static SupportedKind of(Kind kind) {
        return new SupportedKind(kind.scheme(), kind.network(), null, Json.Obj.EMPTY);
    }

    /** Scheme and network. */
    public Kind kind() {
        return new Kind(scheme, network);
    }
}
