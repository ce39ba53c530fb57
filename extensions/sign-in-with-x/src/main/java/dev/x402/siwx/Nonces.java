package dev.x402.siwx;

import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that are known again without being kept: random bytes, and a code over the challenge under our key.
 *
 * <p>So visitors who never answer cost no memory. One that was answered is written down until it ends, once.
 */
final class Nonces {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PAYERS = "siwx-nonce";
    private static final String GUESTS = "siwx-guest-nonce";
    private static final int RANDOM = 6;
    private static final int CODE = 10;
    private static final Bytes USED = Bytes.of(new byte[] {1});
    private static final HexFormat HEX = HexFormat.of();

    private final List<SecretKeySpec> keys;
    private final SecureRandom random;
    private final Store store;

    Nonces(List<Bytes> secrets, SecureRandom random, Store store) {
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.toArray(), ALGORITHM))
                .toList();
        this.random = random;
        this.store = store;
    }

    /** A new nonce of 32 hexadecimal digits for what a challenge says. */
    String issue(String tenant, List<String> challenge) {
        byte[] nonce = new byte[RANDOM];
        random.nextBytes(nonce);
        return HEX.formatHex(nonce) + HEX.formatHex(code(keys.get(0), nonce, tenant, challenge));
    }

    /** Whether we issued the nonce for just this. */
    boolean isOurs(String nonce, String tenant, List<String> challenge) {
        boolean shaped = nonce.length() == 2 * (RANDOM + CODE)
                && nonce.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (!shaped) {
            return false;
        }
        byte[] bytes = HEX.parseHex(nonce);
        byte[] begin = Arrays.copyOf(bytes, RANDOM);
        byte[] seen = Arrays.copyOfRange(bytes, RANDOM, bytes.length);
        boolean ours = false;
        for (SecretKeySpec key : keys) {
            ours |= MessageDigest.isEqual(seen, code(key, begin, tenant, challenge));
        }
        return ours;
    }

    boolean isUsed(String nonce) {
        return store.find(PAYERS, nonce).isPresent()
                || store.find(GUESTS, nonce).isPresent();
    }

    /**
     * Uses the nonce up; of all who try, one at most is told {@code DONE}.
     *
     * @param guest whether it lets nobody in, so that a crowd of strangers fills a room of its own
     */
    Store.Written use(String nonce, Instant end, boolean guest) {
        Store.Written written = store.write(guest ? GUESTS : PAYERS, nonce, Optional.empty(), Optional.of(USED), end);
        boolean elsewhere = written == Store.Written.DONE
                && store.find(guest ? PAYERS : GUESTS, nonce).isPresent();
        return elsewhere ? Store.Written.CHANGED : written;
    }

    private static byte[] code(SecretKeySpec key, byte[] nonce, String tenant, List<String> challenge) {
        List<String> parts = new ArrayList<>(challenge.size() + 3);
        parts.add("x402 sign-in-with-x nonce");
        parts.add(HEX.formatHex(nonce));
        parts.add(tenant);
        parts.addAll(challenge);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(Fingerprint.joined(parts.toArray(String[]::new))), CODE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM + "; use one that has", e);
        }
    }

    /** The number of keys. */
    @Override
    public String toString() {
        return "nonces under " + keys.size() + " keys";
    }
}
