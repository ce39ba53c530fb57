/** The seller's gate: pure decisions over one closed walk of steps. */
@NullMarked
package dev.x402.core.seller;

import org.jspecify.annotations.NullMarked;
