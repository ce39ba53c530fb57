package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.SettleResponse;
import java.time.Instant;

/**
 * What may be spent; an argument of the application.
 *
 * <p>Money is held before anything is signed, and stays held until the signature cannot be used any more.
 */
@FunctionalInterface
public interface SpendPolicy {
    /** Holds the amount of an offer, or says why not; atomic. */
    Answer reserve(String url, Candidate candidate);

    /** The same policy for what is bought for this task; itself where tasks do not matter. */
    default SpendPolicy forTask(String task) {
        return this;
    }

    /** Whether an amount may be spent. */
    sealed interface Answer {
        /**
         * It may, and the amount is held.
         *
         * @param hold to be ended by its caller
         */
        record Granted(Hold hold) implements Answer {
            public Granted {
                requireNonNull(hold, "hold");
            }
        }

        /**
         * It may not.
         *
         * @param why for people
         */
        record Denied(String why) implements Answer {
            public Denied {
                requireNonNull(why, "why");
            }
        }
    }

    /** An amount that is put aside for one payment. */
    interface Hold {
        /** The most that may be signed for. */
        AtomicAmount ceiling();

        /** Nothing was signed: the amount is free again. */
        void release();

        /** A payment was signed: the amount is spent, unless it is known at this time that it was not. */
        void commit(Instant liveUntil);

        /** What the server said of the payment, after {@link #commit}; not proof. */
        void receipt(SettleResponse receipt);

        /** No more than this moved, nor ever will: proven by the rail itself, after {@link #commit}. */
        default void proven(AtomicAmount moved) {}
    }
}
