package dev.x402.core.facilitator;

import dev.x402.core.Fault;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.SettlementListener;
import dev.x402.spi.SettlementStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes events to the listeners, at least once and in order per payment. */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int BATCH = 256;

    private final SettlementStore store;
    private final List<SettlementListener> listeners;
    private final AtomicBoolean busy = new AtomicBoolean();

    Delivery(SettlementStore store, List<SettlementListener> listeners) {
        this.store = store;
        this.listeners = List.copyOf(listeners);
    }

    /** True: something was delivered. */
    boolean deliver() {
        if (!busy.compareAndSet(false, true)) {
            return false;
        }
        try {
            List<Long> heard = new ArrayList<>();
            Set<PaymentKey> held = new HashSet<>();
            for (SettlementEvent event : store.events(BATCH)) {
                if (!held.contains(event.key()) && heard(event)) {
                    heard.add(event.id());
                } else {
                    held.add(event.key());
                }
            }
            if (!heard.isEmpty()) {
                store.delivered(heard);
            }
            return !heard.isEmpty();
        } finally {
            busy.set(false);
        }
    }

    private boolean heard(SettlementEvent event) {
        boolean all = true;
        for (SettlementListener listener : listeners) {
            try {
                listener.changed(event);
            } catch (RuntimeException | LinkageError e) {
                all = false;
                LOG.error(
                        "event {}: listener {} threw {}; it hears of it again",
                        event.id(),
                        listener.getClass().getName(),
                        Fault.of(e));
            }
        }
        return all;
    }
}
