/** {@code exact} on Solana, without a chain. */
@NullMarked
package dev.x402.benchmarks.svm;

import org.jspecify.annotations.NullMarked;
