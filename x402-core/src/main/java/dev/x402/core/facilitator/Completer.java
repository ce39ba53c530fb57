package dev.x402.core.facilitator;

import dev.x402.core.Fault;
import dev.x402.spi.PaymentRow;
import dev.x402.spi.SettlementStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does for every open movement what a waiting caller would do: recovery is the ordinary step. */
final class Completer {
    private static final Logger LOG = LoggerFactory.getLogger(Completer.class);
    private static final int BATCH = 32;

    private final SettlementStore store;
    private final Steps steps;
    private final Delivery delivery;
    private final Clock clock;
    private final Duration callTime;

    Completer(SettlementStore store, Steps steps, Delivery delivery, Clock clock, Duration callTime) {
        this.store = store;
        this.steps = steps;
        this.delivery = delivery;
        this.clock = clock;
        this.callTime = callTime;
    }

    /** One round; true: there is more to do at once. */
    boolean sweep() {
        boolean more = guarded("due movements", () -> {
            List<Long> due = store.due(BATCH);
            for (long movement : due) {
                guarded(
                        "movement " + movement,
                        () -> steps.look(movement, clock.instant().plus(callTime))
                                .isPresent());
            }
            return due.size() == BATCH;
        });
        guarded("queued payments", () -> {
            for (PaymentRow row : store.queued(BATCH)) {
                guarded(
                        "a queued payment",
                        () -> steps.open(row, clock.instant().plus(callTime)).isPresent());
            }
            return false;
        });
        guarded("gaps", () -> {
            for (int filled = 0; filled < BATCH && steps.fillGap(clock.instant().plus(callTime)); filled++) {
                LOG.info("filled a gap in a lane");
            }
            return false;
        });
        guarded("events", delivery::deliver);
        return more;
    }

    private static boolean guarded(String what, Work work) {
        try {
            return work.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{}: {}; tried again in the next round", what, Fault.of(e));
            return false;
        }
    }

    @FunctionalInterface
    private interface Work {
        boolean run();
    }
}
