package eu.sparrow.x402;

import dev.x402.spi.RailUnavailableException;
import java.time.Instant;
import java.util.Optional;

/**
 * A port: what a bank offers to those who hand in orders for its customers. Safe for threads.
 *
 * <p>Methods end before their deadline, or throw {@link RailUnavailableException} when nothing is known.
 */
public interface SepaBank {
    /** What the bank knows of an account and of an order, as of one moment. */
    View look(String iban, String reference, Instant by);

    /**
     * Hands an order in; of one reference the first is taken.
     *
     * @param order the member {@code payload} of the payment: the bank checks the signature itself
     */
    void handIn(byte[] order, Instant by);

    /**
     * The bank's word.
     *
     * @param asOf the bank's time
     * @param account the payer's; empty when this bank has none of this number
     * @param entry the order of the reference; empty when none was taken
     */
    record View(Instant asOf, Optional<Account> account, Optional<Entry> entry) {}

    /**
     * An account.
     *
     * @param key public key that its owner registered, as hexadecimal digits
     * @param cents that are on it
     */
    record Account(String key, long cents) {}

    /**
     * An order that was taken.
     *
     * @param state where it stands
     * @param payee IBAN of the account that gets it
     * @param cents that it moves
     * @param settles when the payee has them
     * @param finalAt when they can no longer go back
     * @param reason of a refusal or return, as the bank's code; empty otherwise
     */
    record Entry(State state, String payee, long cents, Instant settles, Instant finalAt, String reason) {}

    /** Where an order stands. */
    enum State {
        /** It will settle, or be refused. */
        TAKEN,
        /** The payee has the money, and the payer may have it back. */
        SETTLED,
        /** The payee has the money for good. */
        FINAL,
        /** The payee never got the money. */
        REFUSED,
        /** The payer has the money back. */
        RETURNED
    }
}
