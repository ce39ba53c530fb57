package eu.sparrow.x402;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;

/** A wallet whose key is in this process; it is never printed. */
public final class LocalSepaWallet implements SepaWallet {
    private final Iban iban;
    private final KeyPair keys;

    private LocalSepaWallet(Iban iban, KeyPair keys) {
        this.iban = iban;
        this.keys = keys;
    }

    /**
     * A wallet of this account with a new key.
     *
     * @throws IllegalArgumentException when the text is no IBAN
     */
    public static LocalSepaWallet generate(String iban, SecureRandom random) {
        Iban account = Iban.find(iban)
                .orElseThrow(() -> new IllegalArgumentException("iban: expected one whose check digits hold"));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(Keys.ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return new LocalSepaWallet(account, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519; use one that has", e);
        }
    }

    /** The public key, to be registered at the bank. */
    public String key() {
        return Keys.hex(keys.getPublic().getEncoded());
    }

    @Override
    public String iban() {
        return iban.value();
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(Keys.ALGORITHM);
            signer.initSign(keys.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + iban + " does not sign", e);
        }
    }

    /** The account's country and last digits. */
    @Override
    public String toString() {
        return "LocalSepaWallet[" + iban + "]";
    }
}
