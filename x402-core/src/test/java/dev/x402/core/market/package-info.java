/** A small market with a coin, a bank and time of its own. */
@NullMarked
package dev.x402.core.market;

import org.jspecify.annotations.NullMarked;
