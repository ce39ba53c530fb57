package dev.x402.core.seller;

import dev.x402.spi.PaymentKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Payments whose outcome this process does not know yet; bounded, the oldest goes first. */
final class PendingPayments {
    private static final Logger LOG = LoggerFactory.getLogger(PendingPayments.class);

    private final Clock clock;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PaymentKey, Open> open = new LinkedHashMap<>();

    PendingPayments(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    private record Open(Walk walk, Instant due) {}

    void remember(Walk walk, Duration again) {
        lock.lock();
        try {
            open.put(
                    walk.key().orElseThrow(),
                    new Open(walk.forLater(), clock.instant().plus(again)));
            if (open.size() > limit) {
                PaymentKey oldest = open.keySet().iterator().next();
                open.remove(oldest);
                LOG.warn("payment {} is pending and not watched any more: more than {} are", oldest, limit);
            }
        } finally {
            lock.unlock();
        }
    }

    void forget(Walk walk) {
        lock.lock();
        try {
            open.remove(walk.key().orElseThrow());
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    List<Walk> due() {
        Instant now = clock.instant();
        lock.lock();
        try {
            return open.values().stream()
                    .filter(each -> !each.due().isAfter(now))
                    .map(Open::walk)
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
