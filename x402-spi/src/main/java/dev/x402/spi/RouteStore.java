package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which facilitator was asked to settle a payment; shared by all replicas of a seller.
 *
 * <p>Each method is one transaction, durable when it returns. A live binding is never dropped: a full store refuses by
 * throwing. Keep a binding at least as long as claims are kept, for a payment that goes to another facilitator later
 * might be refused there although it was paid.
 */
public interface RouteStore {
    /** The facilitator that the payment is bound to. */
    Optional<String> find(PaymentKey key);

    /**
     * Binds the payment unless it is bound, and counts one more asking.
     *
     * @return who it is bound to now, whoever was named
     */
    Route bind(PaymentKey key, String facilitator);

    /**
     * Ends a binding whose only asking reached nobody.
     *
     * @return false: it is bound to another, was asked more than once, or is not bound
     */
    boolean release(PaymentKey key, String facilitator);

    /**
     * The facilitator that a payment is bound to.
     *
     * @param facilitator its name, of the application's choosing
     * @param askings how often it was or is asked to settle the payment; 1 for the first
     */
    record Route(String facilitator, long askings) {
        public Route {
            requireNonNull(facilitator, "facilitator");
        }
    }
}
