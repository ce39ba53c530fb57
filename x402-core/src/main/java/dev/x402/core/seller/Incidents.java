package dev.x402.core.seller;

import dev.x402.core.Fault;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names what went wrong inside the server, so that an answer need not say it. */
final class Incidents {
    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);
    private static final int RADIX = 36;

    private final Clock clock;
    private final AtomicLong count = new AtomicLong();

    Incidents(Clock clock) {
        this.clock = clock;
    }

    /** Logs what happened and returns the id under which it stands in the log. */
    String log(ResourceRequest request, String doing, Throwable cause) {
        String id = Long.toString(clock.millis(), RADIX) + "-" + count.incrementAndGet();
        LOG.error("incident {}: {} for route {} failed: {}", id, doing, request.route(), Fault.of(cause));
        return id;
    }
}
