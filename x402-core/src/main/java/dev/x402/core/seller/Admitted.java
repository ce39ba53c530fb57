package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An admission that ends once: keep and settle, or give the claim up. */
final class Admitted implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admitted.class);

    private final Walk walk;
    private final Steps steps;
    private final Claims claims;
    private final Events events;
    private final AtomicBoolean ended = new AtomicBoolean();

    Admitted(Walk walk, Steps steps, Claims claims, Events events) {
        this.walk = walk;
        this.steps = steps;
        this.claims = claims;
        this.events = events;
    }

    @Override
    public PaymentRequirements offer() {
        return walk.payment().requirements();
    }

    @Override
    public String payer() {
        return walk.payer().orElseThrow();
    }

    @Override
    public Completion finish(Bytes response) {
        if (!ended.compareAndSet(false, true)) {
            throw new IllegalStateException("admission was ended before: finish or cancel it once");
        }
        boolean kept;
        try {
            kept = steps.keep().keep(walk, response);
        } catch (RuntimeException e) {
            LOG.warn(
                    "the response could not be kept, and nothing is settled; the request is asked to come again: {}",
                    Fault.of(e));
            return events.told(walk, (Completion) LookUp.storeUnavailable());
        }
        return events.told(
                walk, kept ? steps.release().release(walk, steps.settle().settle(walk)) : (Completion) lost());
    }

    private static Decision.RetryLater lost() {
        return new Decision.RetryLater(
                Decision.Wait.IN_FLIGHT,
                ErrorCode.DUPLICATE_SETTLEMENT,
                "the work took longer than its claim, and the same payment is worked on again; come again with it",
                Settling.RETRY,
                Optional.empty());
    }

    @Override
    public void cancel() {
        if (ended.compareAndSet(false, true)) {
            claims.forget(walk);
            events.cancelled(walk);
        }
    }

    @Override
    public void close() {
        cancel();
    }

    /** The offer; nothing of the payment. */
    @Override
    public String toString() {
        return "admission of " + offer().kind();
    }
}
