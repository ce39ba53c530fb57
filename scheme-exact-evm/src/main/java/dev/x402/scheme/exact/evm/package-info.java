/**
 * The scheme {@code exact} on EVM chains, by EIP-3009 for externally owned accounts.
 *
 * <p>A payer gives an {@link dev.x402.scheme.exact.evm.EvmSigner}; a facilitator an {@link
 * dev.x402.scheme.exact.evm.EvmRpc} and an {@link dev.x402.scheme.exact.evm.EvmFacilitatorConfig}; a payee nothing.
 */
@NullMarked
package dev.x402.scheme.exact.evm;

import org.jspecify.annotations.NullMarked;
