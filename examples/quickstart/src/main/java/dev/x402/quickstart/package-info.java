/** Paid requests on local chains, told scene by scene. */
@NullMarked
package dev.x402.quickstart;

import org.jspecify.annotations.NullMarked;
