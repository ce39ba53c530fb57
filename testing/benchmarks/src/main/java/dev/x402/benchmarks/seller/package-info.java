/** What the seller's side costs. */
@NullMarked
package dev.x402.benchmarks.seller;

import org.jspecify.annotations.NullMarked;
