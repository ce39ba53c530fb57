package dev.x402.siwx;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentExtension.Visit;
import java.util.Optional;
import java.util.Set;

/**
 * Tells who asks where no wallet signs: by a token, a client certificate, a signed claim.
 *
 * <p>For rails whose accounts sign nothing, such as banks. Called on request threads; safe for threads.
 */
public interface Identity {
    /** The names of the proofs that it reads, over HTTP those of headers. */
    Set<String> proofs();

    /** Whose account this visitor is known to hold; empty: unknown. Throwing lets nobody in. */
    Optional<Holder> of(Visit visit);

    /**
     * An account that is somebody's.
     *
     * @param network of the account
     * @param account as receipts of this network name their payer
     */
    record Holder(Network network, String account) {
        public Holder {
            requireNonNull(network, "network");
            requireNonNull(account, "account");
        }
    }
}
