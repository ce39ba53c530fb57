/** The kit on a jar or on a running facilitator, from a command line. */
@NullMarked
package dev.x402.tck.cli;

import org.jspecify.annotations.NullMarked;
