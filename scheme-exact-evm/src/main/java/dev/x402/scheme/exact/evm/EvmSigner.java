package dev.x402.scheme.exact.evm;

/**
 * A port: a key of secp256k1 that signs digests, here or elsewhere (KMS, HSM, wallet).
 *
 * <p>Safe for threads. Implementations print neither the key nor what they sign.
 */
public interface EvmSigner {
    /** The key's account: {@code 0x} and 40 digits. */
    String address();

    /**
     * Signs 32 bytes as they are, without hashing or a prefix.
     *
     * @return r, s and v, 65 bytes; v of 0, 1, 27 or 28; a high s is made low by the caller
     * @throws dev.x402.spi.RailUnavailableException when the key cannot be reached now
     */
    byte[] sign(byte[] digest);
}
