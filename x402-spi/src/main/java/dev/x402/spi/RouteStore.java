package dev.x402.spi;

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
}
