/** {@code exact} by EIP-3009, without a chain. */
@NullMarked
package dev.x402.benchmarks.evm;

import org.jspecify.annotations.NullMarked;
