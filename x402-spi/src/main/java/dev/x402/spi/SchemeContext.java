package dev.x402.spi;

import dev.x402.spec.AssetId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** What the application hands to a plugin. */
public interface SchemeContext {
    /** The only clock that a plugin may read. */
    Clock clock();

    /** The only randomness that a plugin may use. */
    SecureRandom random();

    /** The asset, when some {@link AssetSource} knows it; spellings are made canonical by the network's rail. */
    Optional<Asset> asset(AssetId id);

    /**
     * A typed port that the application gave, such as a signer or an RPC endpoint.
     *
     * <p>The registry remembers ports that were asked for and missing, and names them when the side is looked up.
     * Ports are closed by who opened them.
     */
    <T> Optional<T> port(Class<T> type);
}
