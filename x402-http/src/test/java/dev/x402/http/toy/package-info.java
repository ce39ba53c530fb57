/** A toy scheme, its rail and a facilitator that moves toy coins. */
@NullMarked
package dev.x402.http.toy;

import org.jspecify.annotations.NullMarked;
