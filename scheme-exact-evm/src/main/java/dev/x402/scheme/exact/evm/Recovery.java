package dev.x402.scheme.exact.evm;

import org.jspecify.annotations.Nullable;

/** Finds the account that signed a digest; every implementation gives the same answers. */
interface Recovery {
    /** The signer; null when no key can have made the signature. */
    @Nullable
    Address recover(byte[] digest, Signature signature);

    /** libsecp256k1 when it is on the class path and runs here, else Bouncy Castle. */
    static Recovery fastest() {
        try {
            return new NativeRecovery();
        } catch (LinkageError | IllegalStateException absent) {
            return new BouncyCastleRecovery();
        }
    }
}
