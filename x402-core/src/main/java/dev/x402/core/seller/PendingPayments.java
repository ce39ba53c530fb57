package dev.x402.core.seller;

import dev.x402.spi.PaymentKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Payments whose outcome this process does not know yet; bounded, the oldest goes first. */
final class PendingPayments {
    private static final Logger LOG = LoggerFactory.getLogger(PendingPayments.class);

    private final Clock clock;
    private final int limit;
    private final Map<PaymentKey, Open> open = new LinkedHashMap<>();

    PendingPayments(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    private record Open(Walk walk, Instant due) {}

    synchronized void remember(Walk walk, Duration again) {
        PaymentKey key = walk.key().orElseThrow();
        open.put(key, new Open(walk, clock.instant().plus(again)));
        if (open.size() > limit) {
            PaymentKey oldest = open.keySet().iterator().next();
            open.remove(oldest);
            LOG.warn("payment {} is pending and not watched any more: more than {} are", oldest, limit);
        }
    }

    synchronized void forget(Walk walk) {
        open.remove(walk.key().orElseThrow());
    }

    synchronized int size() {
        return open.size();
    }

    synchronized List<Walk> due() {
        Instant now = clock.instant();
        List<Walk> due = new ArrayList<>();
        for (Open each : open.values()) {
            if (!each.due().isAfter(now)) {
                due.add(each.walk());
            }
        }
        return due;
    }
}
