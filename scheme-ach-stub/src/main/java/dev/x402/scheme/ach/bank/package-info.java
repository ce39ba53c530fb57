/** A bank that is simulated and behaves like one: calendar, windows, limits, returns, duplicates. */
@NullMarked
package dev.x402.scheme.ach.bank;

import org.jspecify.annotations.NullMarked;
