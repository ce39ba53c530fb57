/** The roles over HTTP, without a network. */
@NullMarked
package dev.x402.benchmarks.http;

import org.jspecify.annotations.NullMarked;
