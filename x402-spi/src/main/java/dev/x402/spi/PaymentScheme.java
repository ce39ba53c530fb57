package dev.x402.spi;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.NetworkPattern;
import java.util.Optional;
import java.util.Set;

/**
 * One scheme on one family of networks.
 *
 * <p>Found by {@link java.util.ServiceLoader}; constructing it does no I/O. A side is empty when the plugin does not
 * have it or when a port that it needs was not given.
 */
public interface PaymentScheme {
    /** The scheme's name on the wire, such as {@code exact}: {@code [a-z0-9-]{1,32}}. */
    String name();

    /** The networks that this plugin can serve. */
    NetworkPattern networks();

    /**
     * The right to move money that the payment names; pure, and the same for payer, seller and facilitator.
     *
     * @throws MalformedMessageException when the payload has not the scheme's shape
     */
    PaymentKey key(Payment payment);

    /**
     * Codes by which this scheme says that a payment was used before, beside {@code duplicate_settlement}.
     *
     * <p>What is merely expired, or whose payer is poor now, is not used. A seller who doubts a facilitator's word that
     * money moved asks another, and takes one of these for a confirmation.
     */
    default Set<ErrorCode> spent() {
        return Set.of();
    }

    /** The payer's side. */
    default Optional<SchemeClient> client(SchemeContext context) {
        return Optional.empty();
    }

    /** The payee's side. */
    default Optional<SchemeServer> server(SchemeContext context) {
        return Optional.empty();
    }

    /** The facilitator's side. */
    default Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return Optional.empty();
    }
}
