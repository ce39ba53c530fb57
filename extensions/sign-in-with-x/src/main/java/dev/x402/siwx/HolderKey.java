package dev.x402.siwx;

import dev.x402.spi.Bytes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The key that a session is bound to: Ed25519, named by the wallet's signature as the last of the resources.
 *
 * <p>Each request then carries a signature over token, address and time, so that a token alone is worth nothing.
 */
final class HolderKey {
    static final String ALGORITHM = "Ed25519";
    private static final String NAME = "urn:x402:session-key:";
    private static final int BYTES = 32;
    private static final Bytes PREFIX = Bytes.of(HexFormat.of().parseHex("302a300506032b6570032100"));

    private HolderKey() {}

    /** The resource that names a key. */
    static String resource(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return NAME + encoded(Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length));
    }

    /** The key that these resources name at their end. */
    static Optional<Bytes> named(List<String> resources) {
        if (resources.isEmpty() || !resources.get(resources.size() - 1).startsWith(NAME)) {
            return Optional.empty();
        }
        return decoded(resources.get(resources.size() - 1).substring(NAME.length()), BYTES);
    }

    static List<String> withoutKey(List<String> resources) {
        return named(resources).isPresent() ? resources.subList(0, resources.size() - 1) : resources;
    }

    static String sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519; use one that has", e);
        }
    }

    static boolean signed(Bytes key, byte[] message, String signature) {
        Optional<Bytes> bytes = decoded(signature, 2 * BYTES);
        return bytes.isPresent() && verifies(key, message, bytes.get());
    }

    private static boolean verifies(Bytes key, byte[] message, Bytes signature) {
        byte[] prefix = PREFIX.toArray();
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + BYTES);
        System.arraycopy(key.toArray(), 0, encoded, prefix.length, BYTES);
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(message);
            return verifier.verify(signature.toArray());
        } catch (SignatureException | InvalidKeyException | InvalidKeySpecException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519; use one that has", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** So many bytes in their one spelling. */
    private static Optional<Bytes> decoded(String text, int size) {
        if (text.length() != (size * 4 + 2) / 3) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encoded(bytes).equals(text) ? Optional.of(Bytes.of(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
