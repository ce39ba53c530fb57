/** Sellers that cheat, over HTTP, against a client that must not lose a cent to them and still buys from honest ones. */
@NullMarked
package dev.x402.http.hostile;

import org.jspecify.annotations.NullMarked;
