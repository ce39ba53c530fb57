package dev.x402.core.seller;

/** Hears what happens at the gate, for metrics and audit; it observes and never decides. */
@FunctionalInterface
public interface GateListener {
    /** Called on the request's thread; an exception is logged and changes nothing. */
    void happened(GateEvent event);
}
