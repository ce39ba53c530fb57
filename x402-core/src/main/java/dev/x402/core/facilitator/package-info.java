/** The facilitator: moves the money of a payment once, whatever is killed when. */
@NullMarked
package dev.x402.core.facilitator;

import org.jspecify.annotations.NullMarked;
