package dev.x402.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The seller's memory: one claim for one payment before any work, and what was asked of the facilitator.
 *
 * <p>Each method is one transaction, durable when it returns; a method that throws may have happened. Every write
 * compares the fence. Bounded: a full store refuses new claims and never drops a live one, nor a charge that was
 * noted as due again.
 */
public interface ClaimStore {
    /**
     * Claims the key for a request, if nobody has.
     *
     * @param binding tenant, method, route, body and offer of the request
     * @param lease after which an unfinished claim may be taken over
     */
    Claim claim(PaymentKey key, String binding, Duration lease);

    /** Lets an unfinished claim last this long from now; false: the claim was lost or is done. */
    boolean renew(Claim.Mine mine, Duration lease);

    /**
     * Notes that a settlement is asked before the work is done; false: the claim was lost.
     *
     * <p>From now on a claim that is given up or whose lease is over is taken over with its charge.
     */
    boolean ask(Claim.Mine mine, Claim.Charge charge);

    /**
     * Keeps the response as it will be sent, and notes the settlement as asked; false: the claim was lost.
     *
     * <p>A charge that was asked before stays as it is. Finishing again changes nothing.
     */
    boolean finish(Claim.Mine mine, Bytes response, Claim.Charge charge);

    /**
     * Notes what is known of an asked settlement, by {@link Claim.Charge#with}; false: the claim was lost.
     *
     * @param again when the charge is due again: what is pending, or settled and may go back; empty: it is over
     * @param fetched whether the payer has come for the response
     */
    boolean note(Claim.Mine mine, Settlement now, Optional<Duration> again, boolean fetched);

    /**
     * Gives an unfinished claim up.
     *
     * <p>Its lease ends. The key is free for any request, unless {@link Claim.Charge#mayHaveMoved}: then the claim stays, with
     * its charge, for the same request alone.
     */
    void forget(Claim.Mine mine);

    /** Claims that nobody works on and whose charge is due: open, or noted as due again; longest due first. */
    List<Claim.Mine> due(int limit);

    /** Charges that settled, whose response nobody fetched and nobody works on, the oldest first. */
    List<Claim.Charge> undelivered(int limit);
}
