/** An extension and a store for the kit, right in all and wrong in one thing on request. */
@NullMarked
package dev.x402.tck.stamp;

import org.jspecify.annotations.NullMarked;
