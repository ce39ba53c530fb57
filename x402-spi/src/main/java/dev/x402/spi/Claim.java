package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/** What came of claiming a payment for a request. */
public sealed interface Claim {
    /**
     * The claim is ours.
     *
     * @param key that is claimed
     * @param fence rises with every taking over
     * @param charge present when a settlement was asked before and the work is not done: ask again, then work
     */
    record Mine(PaymentKey key, long fence, Optional<Charge> charge) implements Claim {
        public Mine {
            requireNonNull(key, "key");
            requireNonNull(charge, "charge");
        }
    }

    /**
     * The same request is being worked on.
     *
     * @param retryAfter when to ask again
     */
    record Busy(Duration retryAfter) implements Claim {
        public Busy {
            requireNonNull(retryAfter, "retryAfter");
        }
    }

    /**
     * The work is done: settle again, then send this; no verification, no work.
     *
     * @param mine the claim under which it was done, with its charge
     * @param response as it was kept; of no bytes when it was not kept, too large or too old
     */
    record Done(Mine mine, Bytes response) implements Claim {
        public Done {
            requireNonNull(mine, "mine");
            requireNonNull(response, "response");
        }
    }

    /** The same payment was used for another request. */
    record Other() implements Claim {}

    /**
     * A settlement that was asked for a claim, and what is known of it.
     *
     * @param key that is claimed
     * @param route id of the seller's route
     * @param payment exactly as it was asked of the facilitator: every repeat asks the same
     * @param enough how sure the money must be before the response goes out, as the route said when it was asked
     * @param known what was noted last; empty when no answer was
     */
    record Charge(PaymentKey key, String route, Payment payment, Stage enough, Optional<Settlement> known) {
        public Charge {
            requireNonNull(key, "key");
            requireNonNull(route, "route");
            requireNonNull(payment, "payment");
            requireNonNull(enough, "enough");
            requireNonNull(known, "known");
        }

        /** A charge of which nothing is known yet. */
        public static Charge of(PaymentKey key, String route, Payment payment, Stage enough) {
            return new Charge(key, route, payment, enough, Optional.empty());
        }

        /**
         * This charge and what is known now.
         *
         * <p>What settled is changed by a reversal or a later stage alone, unless it was merely seen; what was rejected, by
         * proof that the money moved; a reversal by nothing.
         */
        public Charge with(Settlement now) {
            return known.isPresent() && !follows(known.get(), now)
                    ? this
                    : new Charge(key, route, payment, enough, Optional.of(now));
        }

        private static boolean follows(Settlement before, Settlement now) {
            if (before instanceof Settlement.Settled settled) {
                return settled.stage() == Stage.SEEN
                        || now instanceof Settlement.Reversed
                        || (now instanceof Settlement.Settled later
                                && later.stage().compareTo(settled.stage()) > 0);
            }
            if (before instanceof Settlement.Rejected) {
                return now instanceof Settlement.Settled || now instanceof Settlement.Reversed;
            }
            return before instanceof Settlement.Pending;
        }

        /** Whether nobody knows yet what became of the money. */
        public boolean open() {
            return known.isEmpty() || known.get() instanceof Settlement.Pending;
        }

        /** Whether the money may have moved: not when it was rejected, or provably never sent. */
        public boolean mayHaveMoved() {
            return known.isEmpty()
                    || !(known.get() instanceof Settlement.Rejected
                            || (known.get() instanceof Settlement.Pending pending && !pending.started()));
        }

        /** The key and the route. */
        @Override
        public String toString() {
            return "charge of " + key + " for route " + route;
        }
    }
}
