package dev.x402.spi;

import static java.util.Objects.requireNonNull;

/**
 * The facilitator that a payment is bound to.
 *
 * @param facilitator its name, of the application's choosing
 * @param askings how often it was or is asked to settle the payment; 1 for the first
 */
public record Route(String facilitator, long askings) {
    public Route {
        requireNonNull(facilitator, "facilitator");
    }
}
