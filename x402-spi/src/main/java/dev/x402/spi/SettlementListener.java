package dev.x402.spi;

/** Hears of settled, failed and reversed payments; it observes and never decides. */
@FunctionalInterface
public interface SettlementListener {
    /** Called at least once per change, in order per payment; an exception is logged and the event comes again. */
    void changed(SettlementEvent event);
}
