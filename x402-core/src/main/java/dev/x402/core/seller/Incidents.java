package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.core.seller.ResourceRequest.Presented;
import dev.x402.spec.ErrorCode;
import java.time.Clock;
import java.util.Optional;
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

    /** The answer to a bug; it says of the money what is known. */
    Decision.Reject broken(Walk walk, String doing, Throwable cause) {
        String id = log(walk.request(), doing, cause);
        boolean asked = walk.charge().isPresent();
        return new Decision.Reject(
                Decision.Refusal.BROKEN,
                asked ? ErrorCode.UNEXPECTED_SETTLE_ERROR : ErrorCode.UNEXPECTED_VERIFY_ERROR,
                "the server failed " + known(walk) + "; its log names incident " + id,
                Optional.empty(),
                walk.receipt());
    }

    private static String known(Walk walk) {
        if (walk.charge().isPresent()) {
            return "after the settlement was asked; come again with the same payment, which is not charged twice";
        }
        boolean lookedUp = walk.claim().isPresent() || !(walk.request().presented() instanceof Presented.Payment);
        return lookedUp
                ? "and nothing was charged"
                : "before it looked the payment up, and charged nothing now; come again with the same payment,"
                        + " which is not charged twice";
    }

    /** Logs what happened and returns the id under which it stands in the log. */
    String log(ResourceRequest request, String doing, Throwable cause) {
        String id = Long.toString(clock.millis(), RADIX) + "-" + count.incrementAndGet();
        LOG.error("incident {}: {} for route {} failed: {}", id, doing, request.route(), said(cause));
        return id;
    }

    /** Our own words about an offer name nothing of a payment. */
    private static String said(Throwable cause) {
        return cause instanceof PriceException ? String.valueOf(cause.getMessage()) : Fault.of(cause);
    }
}
