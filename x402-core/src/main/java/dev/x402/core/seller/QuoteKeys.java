package dev.x402.core.seller;

import dev.x402.spi.Bytes;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets by which a seller knows its own quotes again.
 *
 * <p>All replicas of a seller have the same ones. The first signs; quotes of the others are still honoured, so a key is
 * changed by putting the new one first and dropping the old one when its last quote is over. HMAC-SHA-256; never
 * printed. Immutable, safe for threads.
 */
public final class QuoteKeys {
    private static final int SHORTEST = 32;
    private static final int MOST = 8;
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    private QuoteKeys(List<SecretKeySpec> keys) {
        if (keys.size() > MOST) {
            throw new IllegalArgumentException(
                    "quote keys: expected at most " + MOST + ", saw " + keys.size() + "; drop the oldest");
        }
        this.keys = List.copyOf(keys);
    }

    /**
     * Keys of 32 random bytes or more.
     *
     * @param older the newest first
     * @throws IllegalArgumentException when a key is too short, or there are more than 8
     */
    public static QuoteKeys of(Bytes signing, Bytes... older) {
        List<SecretKeySpec> keys = new ArrayList<>();
        keys.add(key(signing.toArray(), 1));
        for (Bytes each : older) {
            keys.add(key(each.toArray(), keys.size() + 1));
        }
        return new QuoteKeys(keys);
    }

    /**
     * Keys in base64, such as {@code openssl rand -base64 32} prints them.
     *
     * @throws IllegalArgumentException as {@link #of}, and when a text is no base64; it is not shown
     */
    public static QuoteKeys parse(String signing, String... older) {
        List<SecretKeySpec> keys = new ArrayList<>();
        keys.add(key(decoded(signing, 1), 1));
        for (String each : older) {
            keys.add(key(decoded(each, keys.size() + 1), keys.size() + 1));
        }
        return new QuoteKeys(keys);
    }

    /** A key for one process; its quotes end with it. */
    public static QuoteKeys random(SecureRandom random) {
        byte[] key = new byte[SHORTEST];
        random.nextBytes(key);
        return new QuoteKeys(List.of(key(key, 1)));
    }

    private static byte[] decoded(String text, int number) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("quote key " + number + ": expected base64 of " + SHORTEST
                    + " bytes or more, saw " + text.length() + " characters that are none");
        }
    }

    private static SecretKeySpec key(byte[] content, int number) {
        if (content.length < SHORTEST) {
            throw new IllegalArgumentException("quote key " + number + ": expected " + SHORTEST + " bytes or more, saw "
                    + content.length + "; make one with openssl rand -base64 32");
        }
        return new SecretKeySpec(content, ALGORITHM);
    }

    int size() {
        return keys.size();
    }

    byte[] mac(int index, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(keys.get(index));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key of " + ALGORITHM + " has any bytes", e);
        }
    }

    /** How many there are; nothing of them. */
    @Override
    public String toString() {
        return keys.size() + (keys.size() == 1 ? " quote key" : " quote keys");
    }
}
