/** The facilitator over HTTP: its endpoints, and the client that asks them. */
@NullMarked
package dev.x402.http.facilitator;

import org.jspecify.annotations.NullMarked;
