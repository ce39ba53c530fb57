package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.SettleResponse;

/** What is to be done with the response of an admitted request. */
public sealed interface Completion
        permits Completion.Release, Decision.Challenge, Decision.RetryLater, Decision.Reject {
    /**
     * The money moved: send the handler's response.
     *
     * @param receipt of the payment
     */
    record Release(SettleResponse receipt) implements Completion {
        public Release {
            requireNonNull(receipt, "receipt");
        }
    }
}
