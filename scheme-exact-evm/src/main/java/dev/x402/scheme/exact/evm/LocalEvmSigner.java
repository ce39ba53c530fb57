package dev.x402.scheme.exact.evm;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;

/** A key in this process's memory; never printed, and signing is deterministic (RFC 6979). */
public final class LocalEvmSigner implements EvmSigner {
    private final Ecdsa key;

    private LocalEvmSigner(Ecdsa key) {
        this.key = key;
    }

    /**
     * The key of 32 bytes in hexadecimal, with or without {@code 0x}.
     *
     * @throws IllegalArgumentException when it is no key; the message does not repeat it
     */
    public static LocalEvmSigner parse(String privateKey) {
        requireNonNull(privateKey, "privateKey");
        byte[] bytes = Hex.parse(privateKey.startsWith("0x") ? privateKey : "0x" + privateKey, Hex.WORD);
        BigInteger secret = bytes == null || bytes.length != Hex.WORD ? BigInteger.ZERO : new BigInteger(1, bytes);
        if (secret.signum() == 0 || secret.compareTo(Signature.ORDER) >= 0) {
            throw new IllegalArgumentException("private key: expected 32 bytes in hexadecimal, a number from 1 to the"
                    + " order of secp256k1, saw " + privateKey.length() + " characters that are not");
        }
        return new LocalEvmSigner(Ecdsa.fastest(secret));
    }

    @Override
    public String address() {
        return key.account().toString();
    }

    @Override
    public byte[] sign(byte[] digest) {
        return key.sign(digest).toBytes();
    }

    /** The address, never the key. */
    @Override
    public String toString() {
        return "local key of " + key.account();
    }
}
