/** A real local Solana VM with dollars on it, started and stopped from Java. */
@NullMarked
package dev.x402.testbed.svm;

import org.jspecify.annotations.NullMarked;
