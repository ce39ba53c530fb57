package dev.x402.scheme.ach;

import dev.x402.spi.Bytes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The signatures of the JDK (RFC 8032), with public keys as their 32 bytes. */
final class Ed25519 {
    static final String NAME = "Ed25519";
    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    /** What stands before the 32 bytes in the encoding of RFC 8410. */
    private static final Bytes PREFIX = Bytes.of(HexFormat.of().parseHex("302a300506032b6570032100"));

    private Ed25519() {}

    /** The 32 bytes of a key. */
    static Bytes bytes(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Bytes.of(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    /** Whether the key signed the message; false for bytes that are no key. */
    static boolean verifies(Bytes key, byte[] message, Bytes signature) {
        byte[] prefix = PREFIX.toArray();
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + KEY_BYTES);
        System.arraycopy(key.toArray(), 0, encoded, prefix.length, KEY_BYTES);
        try {
            Signature verifier = Signature.getInstance(NAME);
            verifier.initVerify(KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(message);
            return verifier.verify(signature.toArray());
        } catch (SignatureException | InvalidKeyException | InvalidKeySpecException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519; use one that has", e);
        }
    }
}
