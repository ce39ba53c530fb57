package dev.x402.bazaar;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What the last probes of candidates found, for a while; the oldest are forgotten first; safe for threads. */
final class Findings {
    private static final int MOST = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Finding> found = new LinkedHashMap<>();

    /**
     * What is answered to the next payment.
     *
     * @param rejected why it is not listed; empty when it is
     * @param until when it is to be probed again
     */
    record Finding(String rejected, Instant until) {}

    void put(String id, Finding finding) {
        lock.lock();
        try {
            found.remove(id);
            found.put(id, finding);
            if (found.size() > MOST) {
                found.remove(found.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<Finding> find(String id, Instant now) {
        lock.lock();
        try {
            return Optional.ofNullable(found.get(id)).filter(finding -> now.isBefore(finding.until()));
        } finally {
            lock.unlock();
        }
    }
}
