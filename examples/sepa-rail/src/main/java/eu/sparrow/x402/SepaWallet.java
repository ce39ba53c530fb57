package eu.sparrow.x402;

/** A port: an account and the key that its owner registered at the bank. Safe for threads. */
public interface SepaWallet {
    /** The IBAN of the account. */
    String iban();

    /** The Ed25519 signature of the message, 64 bytes. */
    byte[] sign(byte[] message);
}
