package dev.x402.scheme.exact.svm;

import dev.x402.spec.Network;
import java.time.Instant;

/**
 * What a payer reads of the chain, unless offer and registry say it.
 *
 * <p>Both throw {@link dev.x402.spi.RailUnavailableException} when the chain cannot be read by the deadline.
 */
interface PayerReads {
    /** A blockhash that is confirmed. */
    Blockhash blockhash(Network network, Instant by);

    /** The mint, or a program and decimals that are no mint's. */
    Mint mint(Network network, SvmAddress mint, Instant by);

    /**
     * What a mint never changes.
     *
     * @param program that owns it
     * @param decimals of an amount
     */
    record Mint(SvmAddress program, int decimals) {}
}
