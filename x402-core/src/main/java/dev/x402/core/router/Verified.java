package dev.x402.core.router;

import dev.x402.spi.PaymentKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Who verified which payment here, so that the same one settles it; bounded, the oldest is forgotten first. */
final class Verified {
    private static final int CAPACITY = 16_384;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PaymentKey, By> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PaymentKey, By> eldest) {
            return size() > CAPACITY;
        }
    };

    /** The facilitator and the payer that it named. */
    record By(String facilitator, String payer) {}

    void put(PaymentKey key, By by) {
        lock.lock();
        try {
            known.put(key, by);
        } finally {
            lock.unlock();
        }
    }

    Optional<By> find(PaymentKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(known.get(key));
        } finally {
            lock.unlock();
        }
    }
}
