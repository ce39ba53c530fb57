package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.PaymentKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened at the gate.
 *
 * @param what happened
 * @param at when
 * @param tenant whose resource
 * @param route id of the route
 * @param key of the payment, once it is known
 * @param code why, when something was refused or waits
 * @param receipt of the settlement, when there was one
 */
public record GateEvent(
        What what,
        Instant at,
        String tenant,
        String route,
        Optional<PaymentKey> key,
        Optional<ErrorCode> code,
        Optional<SettleResponse> receipt) {
    public GateEvent {
        requireNonNull(what, "what");
        requireNonNull(at, "at");
        requireNonNull(tenant, "tenant");
        requireNonNull(route, "route");
        requireNonNull(key, "key");
        requireNonNull(code, "code");
        requireNonNull(receipt, "receipt");
    }

    /** What can happen at the gate. */
    public enum What {
        /** Payment was asked. */
        CHALLENGED,
        /** The handler may run. */
        ADMITTED,
        /** The handler may run for access that the payment of this key bought before. */
        ENTERED,
        /** The handler failed and the payment was given back unused. */
        CANCELLED,
        /** The money moved before the work, which failed: the identical request runs the handler again. */
        UNDELIVERED,
        /** The money moved and the response went out. */
        RELEASED,
        /** A kept response went out again. */
        REPLAYED,
        /** The request was refused. */
        REJECTED,
        /** The outcome of the settlement is not known yet. */
        PENDING,
        /** The request was asked to come again. */
        DEFERRED,
        /** The money moved and nobody came for the response: a candidate for a refund. */
        UNCLAIMED,
        /** The money moved and went back. */
        REVERSED
    }
}
