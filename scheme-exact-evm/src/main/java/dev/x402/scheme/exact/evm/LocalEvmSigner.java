package dev.x402.scheme.exact.evm;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import org.web3j.crypto.ECKeyPair;

/** A key in this process's memory; never printed, and signing is deterministic (RFC 6979). */
public final class LocalEvmSigner implements EvmSigner {
    private final Ecdsa ecdsa;
    private final Address address;

    private LocalEvmSigner(ECKeyPair key) {
        ecdsa = Ecdsa.fastest(key);
        address = account(key);
    }

    static Address account(ECKeyPair key) {
        byte[] point = new byte[2 * Hex.WORD];
        BigInteger half = BigInteger.ONE.shiftLeft(256);
        Hex.putWord(point, 0, key.getPublicKey().divide(half));
        Hex.putWord(point, Hex.WORD, key.getPublicKey().mod(half));
        return Address.ofPublicKey(point);
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
        return new LocalEvmSigner(ECKeyPair.create(secret));
    }

    @Override
    public String address() {
        return address.toString();
    }

    @Override
    public byte[] sign(byte[] digest) {
        return ecdsa.sign(digest).toBytes();
    }

    /** The address, never the key. */
    @Override
    public String toString() {
        return "local key of " + address;
    }
}
