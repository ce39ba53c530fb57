package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Settlement;
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
    private final Incidents incidents;
    private final AtomicBoolean ended = new AtomicBoolean();

    Admitted(Walk walk, Steps steps, Claims claims, Events events, Incidents incidents) {
        this.walk = walk;
        this.steps = steps;
        this.claims = claims;
        this.events = events;
        this.incidents = incidents;
        claims.working(walk);
    }

    @Override
    public PaymentRequirements offer() {
        return walk.payment().requirements();
    }

    @Override
    public PaymentKey key() {
        return walk.key().orElseThrow();
    }

    @Override
    public String payer() {
        return walk.payer().orElseThrow();
    }

    @Override
    public Optional<SettleResponse> receipt() {
        return walk.receipt();
    }

    @Override
    public void charge(AtomicAmount actual) {
        AtomicAmount most = offer().amount();
        if (actual.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "charge: expected at most the offer's " + most + ", saw " + actual + "; offer more next time");
        }
        if (walk.receipt().isPresent()) {
            throw new UnsupportedOperationException(
                    "charge: expected a flow that settles after the work, saw upfront, which took the whole offer");
        }
        if (ended.get()) {
            throw new IllegalStateException("charge: expected an admission in work, saw one that was ended before");
        }
        if (!steps.settle().canCharge(walk, actual)) {
            throw new UnsupportedOperationException("charge: expected a scheme that can take less than the offer, saw "
                    + offer().kind() + "; it takes " + most);
        }
        walk.used(actual);
    }

    @Override
    public Completion finish(Bytes response) {
        end();
        Optional<SettleResponse> receipt = walk.receipt();
        return events.told(
                walk,
                receipt.isPresent()
                        ? delivered(receipt.get(), () -> claims.keep(walk, response))
                        : authorized(response));
    }

    @Override
    public void delivered() {
        SettleResponse receipt = walk.receipt()
                .orElseThrow(() -> new IllegalStateException(
                        "admission: expected money that moved before the work, saw none; finish with the response"));
        end();
        events.told(walk, delivered(receipt, () -> claims.keepNothing(walk)));
    }

    private void end() {
        if (!ended.compareAndSet(false, true)) {
            throw new IllegalStateException("admission was ended before: finish or cancel it once");
        }
        claims.idle(walk);
    }

    /** The money moved before: whatever becomes of keeping it, the response goes out. */
    private Completion delivered(SettleResponse receipt, Keeping keeping) {
        try {
            if (!keeping.keep()) {
                LOG.warn(
                        "the work for payment {} took longer than its claim; the identical request may run it again",
                        walk.key().orElseThrow());
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "the response to payment {} could not be kept; the identical request runs the handler again: {}",
                    walk.key().orElseThrow(),
                    Fault.of(e));
        }
        return new Completion.Release(receipt);
    }

    private Completion authorized(Bytes response) {
        try {
            walk.asking(steps.settle().charge(walk));
        } catch (RuntimeException | LinkageError e) {
            Completion broken = incidents.broken(walk, "settling", e);
            claims.forget(walk);
            return broken;
        }
        try {
            if (!claims.keep(walk, response)) {
                return LookUp.lost();
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "the response could not be kept, and nothing is settled; the request is asked to come again: {}",
                    Fault.of(e));
            return LookUp.storeUnavailable();
        }
        Settlement settlement = steps.settle().settle(walk);
        Completion completion = steps.release().release(walk, settlement);
        claims.note(walk, settlement, completion instanceof Completion.Release);
        return completion;
    }

    @Override
    public void cancel() {
        if (ended.compareAndSet(false, true)) {
            claims.idle(walk);
            claims.forget(walk);
            events.cancelled(walk);
        }
    }

    @Override
    public void close() {
        cancel();
    }

    @FunctionalInterface
    private interface Keeping {
        boolean keep();
    }

    /** The offer; nothing of the payment. */
    @Override
    public String toString() {
        return "admission of " + offer().kind();
    }
}
