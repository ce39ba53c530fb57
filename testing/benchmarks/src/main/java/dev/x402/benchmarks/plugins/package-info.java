/** The registry of plugins. */
@NullMarked
package dev.x402.benchmarks.plugins;

import org.jspecify.annotations.NullMarked;
