package dev.x402.scheme.exact.evm;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

/** A key in this process's memory; never printed, and signing is deterministic (RFC 6979). */
public final class LocalEvmSigner implements EvmSigner {
    private final ECKeyPair key;
    private final Address address;

    private LocalEvmSigner(ECKeyPair key) {
        this.key = key;
        byte[] point = new byte[2 * Hex.WORD];
        BigInteger half = BigInteger.ONE.shiftLeft(256);
        Hex.putWord(point, 0, key.getPublicKey().divide(half));
        Hex.putWord(point, Hex.WORD, key.getPublicKey().mod(half));
        this.address = Address.ofPublicKey(point);
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
        Sign.SignatureData signed = Sign.signMessage(digest, key, false);
        return new Signature(new BigInteger(1, signed.getR()), new BigInteger(1, signed.getS()), signed.getV()[0] - 27)
                .toBytes();
    }

    /** The address, never the key. */
    @Override
    public String toString() {
        return "local key of " + address;
    }
}
