/** A market without any chain or bank: what is measured with it is the framework alone. */
@NullMarked
package dev.x402.benchmarks.market;

import org.jspecify.annotations.NullMarked;
