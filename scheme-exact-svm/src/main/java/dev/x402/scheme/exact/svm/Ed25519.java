package dev.x402.scheme.exact.svm;

/** Signatures by Bouncy Castle's plain functions, which are several times faster than the JDK's. */
final class Ed25519 {
    static final int SEED = 32;
    static final int SIGNATURE = 64;

    private Ed25519() {}

    /** The account of a secret of 32 bytes. */
    static SvmAddress account(byte[] seed) {
        byte[] account = new byte[SvmAddress.SIZE];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, account, 0);
        return SvmAddress.at(account, 0);
    }

    static byte[] sign(byte[] seed, byte[] message) {
        byte[] signature = new byte[SIGNATURE];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /** Whether the 64 bytes are the account's signature of the message. */
    static boolean verify(SvmAddress account, byte[] message, byte[] signature) {
        return signature.length == SIGNATURE
                && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                        signature, 0, account.toBytes(), 0, message, 0, message.length);
    }

    /** Whether the 32 bytes are a point of the curve, which may have a key. */
    static boolean isPoint(byte[] bytes) {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartial(bytes, 0);
    }
}
