package dev.x402.core.seller;

import dev.x402.spec.ErrorCode;
import java.time.Duration;
import java.util.List;

/** What is asked for a request; an implementation may remember what it asked before. */
interface Quotes {
    /**
     * The offers of this request, in the seller's order.
     *
     * @throws PriceException when a price, payee or asset cannot be computed
     */
    Quote quote(PricedRoute route, ResourceRequest request);

    /** What came of asking for offers. */
    sealed interface Quote {
        /**
         * At least one offer can be paid.
         *
         * @param offers in the seller's order
         */
        record Ready(List<Offer> offers) implements Quote {
            public Ready {
                offers = List.copyOf(offers);
            }
        }

        /**
         * No offer can be paid now.
         *
         * @param code such as {@code facilitator_unavailable}
         * @param message for people
         * @param retryAfter when to ask again
         */
        record NotReady(ErrorCode code, String message, Duration retryAfter) implements Quote {}
    }
}
