/**
 * The extension {@code sign-in-with-x}: a wallet signs in, and what it paid for opens without another payment.
 *
 * <p>A seller gives {@link dev.x402.siwx.SignInSettings} and a store as ports, a payer
 * {@link dev.x402.siwx.PayerSessions}.
 */
@NullMarked
package dev.x402.siwx;

import org.jspecify.annotations.NullMarked;
