/** A real local EVM chain with a dollar on it, started and stopped from Java. */
@NullMarked
package dev.x402.testbed.evm;

import org.jspecify.annotations.NullMarked;
