/** The buyer: an HTTP client that pays when it is asked to. */
@NullMarked
package dev.x402.http.client;

import org.jspecify.annotations.NullMarked;
