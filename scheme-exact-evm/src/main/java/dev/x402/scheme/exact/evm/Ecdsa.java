package dev.x402.scheme.exact.evm;

import java.math.BigInteger;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

/** Signs by a key (RFC 6979, low s); every implementation gives the same signatures. */
interface Ecdsa {
    /** The signature of 32 bytes. */
    Signature sign(byte[] digest);

    /** By libsecp256k1 when it is on the class path and runs here, else by web3j. */
    static Ecdsa fastest(ECKeyPair key) {
        try {
            return new NativeEcdsa(key);
        } catch (LinkageError | IllegalStateException absent) {
            return inJava(key);
        }
    }

    static Ecdsa inJava(ECKeyPair key) {
        return digest -> {
            Sign.SignatureData signed = Sign.signMessage(digest, key, false);
            return new Signature(
                    new BigInteger(1, signed.getR()), new BigInteger(1, signed.getS()), signed.getV()[0] - 27);
        };
    }
}
