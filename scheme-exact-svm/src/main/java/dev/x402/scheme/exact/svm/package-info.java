/**
 * The scheme {@code exact} on Solana, for tokens of the programs SPL Token and Token-2022.
 *
 * <p>A payer gives an {@link dev.x402.scheme.exact.svm.SvmSigner}; a payee nothing.
 */
@NullMarked
package dev.x402.scheme.exact.svm;

import org.jspecify.annotations.NullMarked;
