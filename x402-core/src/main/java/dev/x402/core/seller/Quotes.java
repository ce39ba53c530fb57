package dev.x402.core.seller;

import dev.x402.spec.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is asked for a request; an implementation may remember what it asked before. */
interface Quotes {
    /**
     * The offers of this request, in the seller's order.
     *
     * @param honoured what was quoted for this request before and still holds; stands for a way of its kind that fails
     * @throws PriceException when a price, payee or asset cannot be computed and no quote is honoured
     */
    Quote quote(PricedRoute route, ResourceRequest request, Optional<Offer> honoured);

    /** Constant offers that were made lately and are made in other terms now. */
    List<Offer> earlier(PricedRoute route);

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
