/**
 * The compatibility kit: rules for plugins, one test each.
 *
 * <p>Write a {@link dev.x402.tck.SchemeFixture} and one class that implements {@link dev.x402.tck.SchemeConformance};
 * running it as a JUnit test judges the plugin and writes {@code target/x402-tck/<Class>/report.html}. The kit owns the
 * clock and the randomness and never sleeps.
 */
@NullMarked
package dev.x402.tck;

import org.jspecify.annotations.NullMarked;
