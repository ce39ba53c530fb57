package eu.sparrow.x402;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Signatures and digests of the JDK, as hexadecimal digits in small letters. */
final class Keys {
    static final String ALGORITHM = "Ed25519";

    private Keys() {}

    /** Whether the owner of the key signed the text; the key is as the JDK encodes it. */
    static boolean verifies(String key, String text, String signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes(key))));
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(bytes(signature));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static String digest(String text) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
