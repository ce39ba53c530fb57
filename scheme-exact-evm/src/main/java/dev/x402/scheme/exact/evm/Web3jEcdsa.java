package dev.x402.scheme.exact.evm;

import java.math.BigInteger;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

/** Signing in Java. */
final class Web3jEcdsa implements Ecdsa {
    private final ECKeyPair key;
    private final Address account;

    Web3jEcdsa(BigInteger secret) {
        key = ECKeyPair.create(secret);
        byte[] point = new byte[2 * Hex.WORD];
        BigInteger half = BigInteger.ONE.shiftLeft(256);
        Hex.putWord(point, 0, key.getPublicKey().divide(half));
        Hex.putWord(point, Hex.WORD, key.getPublicKey().mod(half));
        account = Address.ofPublicKey(point);
    }

    @Override
    public Address account() {
        return account;
    }

    @Override
    public Signature sign(byte[] digest) {
        Sign.SignatureData signed = Sign.signMessage(digest, key, false);
        return new Signature(new BigInteger(1, signed.getR()), new BigInteger(1, signed.getS()), signed.getV()[0] - 27);
    }
}
