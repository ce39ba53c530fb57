/**
 * What a plugin implements, and what every caller of a facilitator sees.
 *
 * <p>Nothing in these interfaces is asynchronous: calls block, and their deadline is an argument. Everything is safe
 * for threads.
 */
@NullMarked
package dev.x402.spi;

import org.jspecify.annotations.NullMarked;
