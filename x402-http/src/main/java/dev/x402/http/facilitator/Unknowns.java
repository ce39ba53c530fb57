package dev.x402.http.facilitator;

import dev.x402.spi.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers settlements that were sent and whose outcome is not known.
 *
 * <p>A facilitator that keeps no memory of its own refuses such a payment when it is asked again (expired, no funds)
 * although the first asking moved the money: its refusal proves nothing. Bounded: the oldest is forgotten first.
 */
final class Unknowns {
    private static final int CAPACITY = 16_384;

    private final Map<Bytes, Boolean> sent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Boolean> eldest) {
            return size() > CAPACITY;
        }
    };

    boolean contains(Bytes payment) {
        synchronized (sent) {
            return sent.containsKey(payment);
        }
    }

    void add(Bytes payment) {
        synchronized (sent) {
            sent.put(payment, Boolean.TRUE);
        }
    }

    void remove(Bytes payment) {
        synchronized (sent) {
            sent.remove(payment);
        }
    }

    static Bytes name(byte[] request) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(request));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java has it", e);
        }
    }
}
