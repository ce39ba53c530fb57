/** Who paid comes back: sessions and sign-ins. */
@NullMarked
package dev.x402.benchmarks.siwx;

import org.jspecify.annotations.NullMarked;
