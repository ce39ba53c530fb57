/**
 * The scheme {@code exact} on {@code ach:us}: money by direct debit, from a bank that may return it.
 *
 * <p>{@link dev.x402.scheme.ach.AchGateway} is what a bank offers; {@code dev.x402.scheme.ach.bank} simulates one.
 */
@NullMarked
package dev.x402.scheme.ach;

import org.jspecify.annotations.NullMarked;
