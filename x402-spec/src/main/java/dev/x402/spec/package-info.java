/**
 * The words of x402 version 2: messages, networks, amounts and error codes.
 *
 * <p>Every type is deeply immutable and safe for threads. Nothing here does I/O or reads a clock.
 */
@NullMarked
package dev.x402.spec;

import org.jspecify.annotations.NullMarked;
