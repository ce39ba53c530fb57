/** Measures what the house promises, each figure beside a baseline. */
@NullMarked
package dev.x402.benchmarks;

import org.jspecify.annotations.NullMarked;
