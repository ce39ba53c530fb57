/** Adapters for the HTTP server of the JDK. */
@NullMarked
package dev.x402.http.jdk;

import org.jspecify.annotations.NullMarked;
