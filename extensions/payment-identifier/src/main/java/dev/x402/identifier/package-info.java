/** The extension {@code payment-identifier}: a payment named by its payer is answered once and the same. */
@NullMarked
package dev.x402.identifier;

import org.jspecify.annotations.NullMarked;
