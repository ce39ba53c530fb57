package dev.x402.spi;

import dev.x402.spec.Network;
import java.util.Collection;
import java.util.Optional;

/**
 * What the core must know of a network, chain or bank alike: names, equality, finality.
 *
 * <p>Found by {@link java.util.ServiceLoader}. Pure and without I/O; how a rail is reached stays in ports of its plugins.
 */
public interface Rail {
    /** The networks that this rail knows. */
    Collection<RailNetwork> networks();

    /** The one spelling of an account; empty when the text is no account of this network. */
    Optional<String> canonicalAccount(Network network, String account);

    /** The one spelling of an asset's reference; empty when the text is none of this network. */
    Optional<String> canonicalAsset(Network network, String asset);

    /**
     * Whether this can name a transaction on this network, by its form alone.
     *
     * <p>A facilitator that says settled and names none is not believed.
     */
    default boolean isReference(Network network, String reference) {
        return !reference.isBlank();
    }
}
