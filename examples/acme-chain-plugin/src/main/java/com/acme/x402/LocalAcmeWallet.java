package com.acme.x402;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** A wallet whose key is in this process; it is never printed. */
public final class LocalAcmeWallet implements AcmeWallet {
    private final KeyPair keys;
    private final String account;

    private LocalAcmeWallet(KeyPair keys) {
        this.keys = keys;
        this.account = Ed25519.account(keys.getPublic());
    }

    /** A wallet with a new key. */
    public static LocalAcmeWallet generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(Ed25519.NAME);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return new LocalAcmeWallet(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519; use one that has", e);
        }
    }

    /**
     * The wallet of a text that {@link #secret()} gave.
     *
     * @throws IllegalArgumentException when it is none; the message does not repeat it
     */
    public static LocalAcmeWallet parse(String secret) {
        String[] parts = secret.strip().split(":", 2);
        try {
            KeyFactory factory = KeyFactory.getInstance(Ed25519.NAME);
            byte[] open = Base64.getDecoder().decode(parts[0]);
            byte[] hidden = Base64.getDecoder().decode(parts[parts.length - 1]);
            return new LocalAcmeWallet(new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(open)),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(hidden))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("wallet: expected a public and a private key in base64, joined by ':'");
        }
    }

    /** The keys as text, to be kept as secrets are kept. */
    public String secret() {
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(keys.getPublic().getEncoded()) + ":"
                + base64.encodeToString(keys.getPrivate().getEncoded());
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(Ed25519.NAME);
            signer.initSign(keys.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + account + " does not sign", e);
        }
    }

    /** The account alone. */
    @Override
    public String toString() {
        return "LocalAcmeWallet[" + account + "]";
    }
}
