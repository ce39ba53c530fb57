package dev.x402.scheme.exact.evm;

import java.math.BigInteger;

/** One key that signs (RFC 6979, low s); every implementation gives the same signatures. */
interface Ecdsa {
    /** The account of the key. */
    Address account();

    /** The signature of 32 bytes. */
    Signature sign(byte[] digest);

    /** By libsecp256k1 where it runs, else by web3j, which is loaded only then. */
    static Ecdsa fastest(BigInteger secret) {
        try {
            return new NativeEcdsa(secret);
        } catch (LinkageError | IllegalStateException absent) {
            return new Web3jEcdsa(secret);
        }
    }
}
