package dev.x402.scheme.exact.svm;

/**
 * A port: a key of Ed25519 that signs messages, here or elsewhere (KMS, HSM, wallet).
 *
 * <p>Safe for threads. Implementations print neither the key nor what they sign.
 */
public interface SvmSigner {
    /** The key's account: 32 bytes in base 58. */
    String address();

    /**
     * Signs a message as it is, without hashing or a prefix: of a transaction, or for people.
     *
     * @return 64 bytes
     * @throws dev.x402.spi.RailUnavailableException when the key cannot be reached now
     */
    byte[] sign(byte[] message);
}
