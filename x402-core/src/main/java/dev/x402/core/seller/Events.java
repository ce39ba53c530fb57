package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.core.seller.GateEvent.What;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Settlement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners; what they throw is logged and changes nothing. */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final List<GateListener> listeners;
    private final Clock clock;

    Events(List<GateListener> listeners, Clock clock) {
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    Decision told(Walk walk, Decision decision) {
        if (decision instanceof Decision.Admit) {
            tell(walk, What.ADMITTED, Optional.empty(), Optional.empty());
        } else if (decision instanceof Decision.Grant grant) {
            tell(walk, What.ENTERED, Optional.of(grant.entrance().key()), Optional.empty(), Optional.empty());
        } else if (decision instanceof Decision.Replay replay) {
            tell(walk, What.REPLAYED, Optional.empty(), Optional.of(replay.receipt()));
        } else {
            told(walk, (Completion) decision);
        }
        return decision;
    }

    Completion told(Walk walk, Completion completion) {
        if (completion instanceof Completion.Release release) {
            tell(walk, What.RELEASED, Optional.empty(), Optional.of(release.receipt()));
        } else if (completion instanceof Decision.Challenge challenge) {
            tell(
                    walk,
                    challenge.code().isEmpty() ? What.CHALLENGED : What.REJECTED,
                    challenge.code(),
                    challenge.receipt());
        } else if (completion instanceof Decision.RetryLater later) {
            tell(
                    walk,
                    later.why() == Decision.Wait.PENDING ? What.PENDING : What.DEFERRED,
                    Optional.of(later.code()),
                    later.receipt());
        } else if (completion instanceof Decision.Reject reject) {
            tell(
                    walk,
                    isReversal(reject) ? What.REVERSED : What.REJECTED,
                    Optional.of(reject.code()),
                    reject.receipt());
        }
        return completion;
    }

    void cancelled(Walk walk) {
        tell(walk, walk.receipt().isPresent() ? What.UNDELIVERED : What.CANCELLED, Optional.empty(), walk.receipt());
    }

    /** What became of a payment whose payer did not come back. */
    void found(Walk walk, Settlement settlement, SettleResponse receipt) {
        What what = settlement instanceof Settlement.Settled
                ? What.UNCLAIMED
                : settlement instanceof Settlement.Reversed ? What.REVERSED : What.REJECTED;
        tell(walk, what, Optional.ofNullable(receipt.errorReason()), Optional.of(receipt));
    }

    private static boolean isReversal(Decision.Reject reject) {
        return reject.receipt().isPresent()
                && !reject.receipt().get().success()
                && !reject.receipt().get().transaction().isEmpty();
    }

    private void tell(Walk walk, What what, Optional<ErrorCode> code, Optional<SettleResponse> receipt) {
        tell(walk, what, walk.key(), code, receipt);
    }

    private void tell(
            Walk walk,
            What what,
            Optional<PaymentKey> key,
            Optional<ErrorCode> code,
            Optional<SettleResponse> receipt) {
        if (listeners.isEmpty()) {
            return;
        }
        GateEvent event = new GateEvent(
                what, clock.instant(), walk.request().tenant(), walk.request().route(), key, code, receipt);
        for (GateListener listener : listeners) {
            try {
                listener.happened(event);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("a listener failed on {}; the payment goes on: {}", event.what(), Fault.of(e));
            }
        }
    }
}
