package com.acme.x402;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** The signatures of the JDK, with public keys as their 32 bytes. */
final class Ed25519 {
    static final String NAME = "Ed25519";
    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    /** What stands before the 32 bytes in the encoding of RFC 8410. */
    private static final byte[] PREFIX = Hex.bytes("302a300506032b6570032100");

    private Ed25519() {}

    /** The account of a key. */
    static String account(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Hex.of(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    /** Whether the account signed the message; false for an account that is no key. */
    static boolean verifies(String account, byte[] message, String signature) {
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + KEY_BYTES);
        System.arraycopy(Hex.bytes(account), 0, encoded, PREFIX.length, KEY_BYTES);
        try {
            Signature verifier = Signature.getInstance(NAME);
            verifier.initVerify(KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(message);
            return verifier.verify(Hex.bytes(signature));
        } catch (SignatureException | java.security.InvalidKeyException | java.security.spec.InvalidKeySpecException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519; use one that has", e);
        }
    }
}
