package dev.x402.scheme.ach;

import static java.util.Objects.requireNonNull;

import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.scheme.ach.AchGateway.Event;
import java.time.Instant;
import java.util.Optional;

/**
 * A port: the mandates of a facilitator, what was used of them, and what banks told about them.
 *
 * <p>Each method is one transaction. Safe for threads; shared by all replicas.
 */
public interface MandateBook {
    /**
     * Takes a mandate for a tenant's payee, whose signature is verified here.
     *
     * @param tenant empty where there is one
     * @return refused when the signature is not the payer's, or the id is taken by another mandate
     */
    Answer enrol(String tenant, SignedMandate mandate);

    /** A mandate, whatever became of it. */
    Optional<Enrolment> find(String mandate);

    /** What is left of the mandate's maximum for a payment with this id. */
    long left(String mandate, String id, Instant now);

    /** Uses some of the maximum for this id, once; false: so much is not left. */
    boolean use(String mandate, String id, long cents, Instant now);

    /** Gives back what this id used, if it did. */
    void giveBack(String mandate, String id);

    /** Ends a mandate; its history stays. The first time counts. */
    void revoke(String mandate, Instant at);

    /** Ends the use of an account token. */
    void block(String account, Instant at);

    /** The greatest number of an event that was heard, 0 when none was. */
    long heard();

    /** Counts an event; false when its number, or its trace and code, were heard before. */
    boolean hear(Event event);

    /** What was heard of debits and returns since then. */
    Tally tally(Instant since);

    /**
     * A mandate and what became of it.
     *
     * @param tenant whose payee it is for
     * @param mandate as it was signed
     * @param revoked when it was revoked
     * @param blocked when its account was blocked
     */
    record Enrolment(String tenant, Mandate mandate, Optional<Instant> revoked, Optional<Instant> blocked) {
        public Enrolment {
            requireNonNull(tenant, "tenant");
            requireNonNull(mandate, "mandate");
            requireNonNull(revoked, "revoked");
            requireNonNull(blocked, "blocked");
        }
    }

    /**
     * Debits and returns of a time, of which too many cost the originator its bank.
     *
     * @param debits that settled
     * @param returns of all kinds
     * @param unauthorised of these
     * @param administrative of these
     */
    record Tally(long debits, long returns, long unauthorised, long administrative) {}
}
