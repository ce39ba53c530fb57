package dev.x402.spi;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import java.time.Instant;
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

    /** How accounts of these networks are proven, for sign-in; empty where the plugin cannot. */
    default Optional<Accounts> accounts(SchemeContext context) {
        return Optional.empty();
    }

    /** Proves who holds an account, by messages that its key signed; safe for threads. */
    interface Accounts extends AutoCloseable {
        /** How people call these accounts in a sign-in message, such as {@code Ethereum} (CAIP-122). */
        String family();

        /** The kind of signature on the wire, such as {@code eip191} or {@code ed25519}. */
        String type();

        /** The account that signs on this network; empty where the application gave no key. */
        Optional<String> own(Network network);

        /**
         * Signs a message by {@link #own}, as that kind of account signs texts.
         *
         * @return the signature in its form on the wire
         * @throws IllegalStateException when there is no key
         */
        String sign(Network network, String message);

        /**
         * Whether this account, in its one spelling, signed the message on this network; false for any other form.
         *
         * @param by deadline for I/O, which only accounts without a key of their own need
         * @throws RailUnavailableException when the rail had to be asked and could not be
         */
        boolean proves(Network network, String account, String message, String signature, Instant by);

        /** Does nothing unless overridden; never throws. */
        @Override
        default void close() {}
    }
}
