/** What the buyer's side costs. */
@NullMarked
package dev.x402.benchmarks.payer;

import org.jspecify.annotations.NullMarked;
