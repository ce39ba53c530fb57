package dev.x402.scheme.ach;

import dev.x402.spi.Bytes;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A wallet whose key is in this process; it is never printed. */
public final class LocalAchWallet implements AchWallet {
    private final KeyPair keys;
    private final Map<List<String>, Mandate> mandates = new ConcurrentHashMap<>();

    private LocalAchWallet(KeyPair keys) {
        this.keys = keys;
    }

    /** A wallet with a new key. */
    public static LocalAchWallet generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(Ed25519.NAME);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return new LocalAchWallet(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519; use one that has", e);
        }
    }

    /**
     * The wallet of a text that {@link #secret()} gave, without mandates.
     *
     * @throws IllegalArgumentException when it is none; the message does not repeat it
     */
    public static LocalAchWallet parse(String secret) {
        String[] parts = secret.strip().split(":", -1);
        try {
            KeyFactory factory = KeyFactory.getInstance(Ed25519.NAME);
            byte[] open = Base64.getDecoder().decode(parts[0]);
            byte[] hidden = Base64.getDecoder().decode(parts[parts.length - 1]);
            return new LocalAchWallet(new KeyPair(
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

    /** The payer's key, as a mandate names it. */
    public Bytes key() {
        return Ed25519.bytes(keys.getPublic());
    }

    /**
     * Signs a mandate and pays by it from now on.
     *
     * @throws IllegalArgumentException when it names another key
     */
    public SignedMandate agree(Mandate mandate) {
        if (!mandate.key().equals(key())) {
            throw new IllegalArgumentException("mandate: expected the key of this wallet, saw another");
        }
        mandates.put(List.of(mandate.originator(), mandate.merchant()), mandate);
        return new SignedMandate(mandate, sign(mandate.toBytes()));
    }

    @Override
    public Optional<Mandate> mandate(String originator, String payTo) {
        return Optional.ofNullable(mandates.get(List.of(originator, payTo)));
    }

    @Override
    public Bytes sign(Bytes message) {
        try {
            Signature signer = Signature.getInstance(Ed25519.NAME);
            signer.initSign(keys.getPrivate());
            signer.update(message.toArray());
            return Bytes.of(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of this wallet does not sign", e);
        }
    }

    /** The number of mandates. */
    @Override
    public String toString() {
        return "LocalAchWallet[" + mandates.size() + " mandates]";
    }
}
