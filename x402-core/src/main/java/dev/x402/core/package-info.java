/** What the payer, the seller and the facilitator have in common. */
@NullMarked
package dev.x402.core;

import org.jspecify.annotations.NullMarked;
