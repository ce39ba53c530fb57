package dev.x402.spi;

import java.time.Duration;

/**
 * The seller's memory: one claim for one payment before any work.
 *
 * <p>Each method is one transaction, durable when it returns. Bounded: a full store refuses new claims and never drops
 * a live one.
 */
public interface ClaimStore {
    /**
     * Claims the key for a request, if nobody has.
     *
     * @param binding tenant, method, route, body and offer of the request
     * @param lease after which an unfinished claim may be taken over
     */
    Claim claim(PaymentKey key, String binding, Duration lease);

    /** Keeps the response as it will be sent, before settling; false: the claim was lost. */
    boolean finish(Claim.Mine mine, Bytes response);

    /** Gives the claim up; only when settle was never called. */
    void forget(Claim.Mine mine);
}
