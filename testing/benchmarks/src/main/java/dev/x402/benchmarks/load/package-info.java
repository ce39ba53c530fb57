/** Facilitators as processes under load over HTTP, ours beside the reference, on one node. */
@NullMarked
package dev.x402.benchmarks.load;

import org.jspecify.annotations.NullMarked;
