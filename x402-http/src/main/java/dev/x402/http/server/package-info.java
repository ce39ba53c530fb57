/** The seller: a gate before handlers, whatever the server. */
@NullMarked
package dev.x402.http.server;

import org.jspecify.annotations.NullMarked;
