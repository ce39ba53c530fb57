package com.acme.x402;

/** A port: an account that signs; the key may be in a file, a vault or another machine. Safe for threads. */
public interface AcmeWallet {
    /** The account: the 32 bytes of its public key in hexadecimal digits. */
    String account();

    /** The Ed25519 signature of the message, 64 bytes. */
    byte[] sign(byte[] message);
}
