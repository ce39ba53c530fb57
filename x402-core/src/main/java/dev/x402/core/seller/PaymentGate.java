package dev.x402.core.seller;

import java.util.List;

/**
 * The seller's side: decides what is to be done with a request for a priced resource.
 *
 * <p>Pure of any transport. An identical payment for the same request is never taken nor worked twice, and never loses
 * what was bought. Immutable but for what it remembers of the facilitator; safe for threads.
 */
public final class PaymentGate {
    private PaymentGate() {}

    /**
     * Walks the request as far as the handler.
     *
     * <p>May wait: for the identical request in flight, for the facilitator, for the store.
     *
     * @throws IllegalArgumentException when the request names a route that this gate does not have
     */
    public Decision decide(ResourceRequest request) {
        return new Decision.RetryLater(
                Decision.Wait.UNAVAILABLE,
                dev.x402.spec.ErrorCode.FACILITATOR_UNAVAILABLE,
                request.route(),
                java.time.Duration.ofSeconds(1),
                java.util.Optional.empty());
    }

    /**
     * Asks the facilitator what it serves and completes the constant offers; for start-up and health.
     *
     * @return what keeps routes from being sold, in words; empty when every route is ready
     */
    public List<String> problems() {
        return List.of();
    }

    /**
     * Asks again for payments that were pending and whose payer did not come back; for a timer of the application.
     *
     * <p>Money that came without anybody fetching the response is told as {@link GateEvent.What#UNCLAIMED}. Remembers
     * what this process saw, no more.
     *
     * @return how many are still open
     */
    public int poll() {
        return 0;
    }
}
