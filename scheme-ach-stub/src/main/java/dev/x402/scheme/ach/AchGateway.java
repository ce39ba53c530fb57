package dev.x402.scheme.ach;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import dev.x402.spi.RailUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A port: what an originating bank or a payments service offers. Safe for threads.
 *
 * <p>Accounts are tokens; the numbers behind them stay at the bank. Amounts are cents. Methods end before their deadline,
 * or throw {@link RailUnavailableException} when nothing is known.
 */
public interface AchGateway {
    /** Whether a second entry of one end-to-end id is recognised; if not, nothing may be sent twice. */
    boolean deduplicates();

    /** The most that one entry may move; no I/O. */
    long most(Speed speed);

    /** The most that the bank guarantees of one entry, 0 where it guarantees none; no I/O. */
    long guaranteedUpTo();

    /** A trace number that was never given before: 8 digits of the bank, 7 of its sequence. */
    String trace(Instant by);

    /** What must be known of a payment before it is taken. */
    View look(String endToEndId, String account, Instant by);

    /**
     * Puts prefunded money aside until the entry's {@code notAfter}, or says why not; moves nothing.
     *
     * <p>Doing so again for the same end-to-end id changes nothing.
     */
    Answer hold(Entry entry, Instant by);

    /**
     * Hands in an entry, with its end-to-end id as the idempotency key.
     *
     * <p>Refused at or after {@code notAfter}: what was delayed on the way must not be debited when nobody expects it.
     */
    Answer originate(Entry entry, Instant by);

    /** Where the entry of a trace number stands. */
    Status status(String trace, Instant by);

    /** Where the entries of an end-to-end id stand. Whoever sent them; refused ones are left out. */
    List<Status> statuses(String endToEndId, Instant by);

    /** What happened after this number, in order; the same may be told again under another number. */
    List<Event> events(long after, int limit, Instant by);

    /** What was told up to this number need not be told again. */
    void acknowledge(long number, Instant by);

    /** Corrects the account of a token as the bank's notice says. */
    Answer correct(long notice, Instant by);

    /** When an entry settles. */
    enum Speed {
        /** In one of the windows of the day; limited, and never turned into the other. */
        SAME_DAY,
        /** On the next banking day. */
        NEXT_DAY
    }

    /**
     * One debit, or one movement of prefunded money.
     *
     * @param trace names this try
     * @param endToEndId names the payment, whatever is tried for it
     * @param mandate by which the payer authorised
     * @param account token of the payer's account
     * @param payee token of the payee's account
     * @param cents 1 or more
     * @param sec how the payer authorised
     * @param funding where the money comes from
     * @param speed when it settles
     * @param notAfter the bank takes it before this time only
     */
    record Entry(
            String trace,
            String endToEndId,
            String mandate,
            String account,
            String payee,
            long cents,
            SecCode sec,
            Funding funding,
            Speed speed,
            Instant notAfter) {
        public Entry {
            requireNonNull(trace, "trace");
            requireNonNull(endToEndId, "endToEndId");
            requireNonNull(mandate, "mandate");
            requireNonNull(account, "account");
            requireNonNull(payee, "payee");
            requireNonNull(sec, "sec");
            requireNonNull(funding, "funding");
            requireNonNull(speed, "speed");
            requireNonNull(notAfter, "notAfter");
            if (cents < 1) {
                throw new IllegalArgumentException("cents: expected 1 or more, saw " + cents);
            }
        }

        /** Whether both debit the same for the same, whichever try it is. */
        public boolean hasTermsOf(Entry other) {
            return endToEndId.equals(other.endToEndId)
                    && mandate.equals(other.mandate)
                    && account.equals(other.account)
                    && payee.equals(other.payee)
                    && cents == other.cents
                    && sec == other.sec
                    && funding == other.funding;
        }
    }

    /**
     * An account and a payment as the bank sees them before anything is sent.
     *
     * @param used whether an entry of this end-to-end id was taken
     * @param kind of the account; empty when there is no such account, or none that may be debited
     * @param prefunded what may be spent of the prefunded balance
     * @param guaranteed what the bank would guarantee now
     */
    record View(boolean used, Optional<AccountKind> kind, long prefunded, long guaranteed) {
        public View {
            requireNonNull(kind, "kind");
        }
    }

    /** What the bank says to a request. */
    sealed interface Answer {
        /** It did so, or had done so before. */
        record Taken() implements Answer {}

        /**
         * It did not and will not.
         *
         * @param code why
         * @param message naming the field
         */
        record Refused(ErrorCode code, String message) implements Answer {
            public Refused {
                requireNonNull(code, "code");
                requireNonNull(message, "message");
            }
        }
    }

    /** How far an entry came; it never goes back. */
    enum State {
        /** The bank never took it; it may still be on its way until its {@code notAfter}. */
        UNKNOWN,
        /** It moved nothing and never will. */
        REFUSED,
        /** The bank has it; nothing moved. */
        TAKEN,
        /** The bank gave the payee its own money, whatever becomes of the debit. */
        GUARANTEED,
        /** The money moved and may be returned. */
        SETTLED,
        /** The money moved for good. */
        FINAL,
        /** The money moved and went back. */
        RETURNED
    }

    /**
     * Where an entry stands.
     *
     * @param trace of the entry
     * @param state as of then
     * @param asOf the bank's time, read before the state
     * @param settles when it settles or settled, once taken
     * @param finalAt when no return can come any more, once taken
     * @param returned why it was returned
     * @param refused why it was refused
     */
    record Status(
            String trace,
            State state,
            Instant asOf,
            Optional<Instant> settles,
            Optional<Instant> finalAt,
            Optional<ReturnCode> returned,
            Optional<ErrorCode> refused) {
        public Status {
            requireNonNull(trace, "trace");
            requireNonNull(state, "state");
            requireNonNull(asOf, "asOf");
            requireNonNull(settles, "settles");
            requireNonNull(finalAt, "finalAt");
            requireNonNull(returned, "returned");
            requireNonNull(refused, "refused");
        }

        /** An entry that the bank does not know. */
        public static Status unknown(String trace, Instant asOf) {
            return new Status(
                    trace, State.UNKNOWN, asOf, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * Something that happened to an entry after it was taken.
     *
     * @param number rising
     * @param kind what happened
     * @param trace of the entry
     * @param mandate of the entry
     * @param account token of the entry
     * @param code such as {@code R01} or {@code C01}; empty for a settlement
     * @param at the bank's time
     */
    record Event(long number, Kind kind, String trace, String mandate, String account, String code, Instant at) {
        public Event {
            requireNonNull(kind, "kind");
            requireNonNull(trace, "trace");
            requireNonNull(mandate, "mandate");
            requireNonNull(account, "account");
            requireNonNull(code, "code");
            requireNonNull(at, "at");
        }

        /** What happened. */
        public enum Kind {
            /** A debit settled. */
            SETTLED,
            /** A debit was returned. */
            RETURNED,
            /** The payer's bank says what is to be corrected. */
            NOTICE
        }
    }
}
