package dev.x402.core.payer;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.SettleResponse;
import java.time.Instant;

/**
 * One thing that somebody wants to buy once: at most one authorisation is ever signed for it.
 *
 * <p>Belongs to one request and all its repetitions. Safe for threads; signing happens on the calling thread, and other
 * threads wait for it until their deadline.
 */
public interface PaymentIntent {
    /** The address that was asked for. */
    String url();

    /**
     * Chooses an offer, reserves its amount and signs; or returns what was signed before.
     *
     * <p>Once something was signed the answer never changes, whatever a later challenge says: a second challenge does
     * not prove that the first payment was not taken. A refusal is not remembered.
     *
     * @param required the challenge
     * @param by deadline for reading the rail
     */
    Purchase pay(PaymentRequired required, Instant by);

    /**
     * Tells the spend policy what the server said of the payment.
     *
     * <p>Does nothing unless something was signed. A failure frees nothing before the authorisation expires.
     */
    void receipt(SettleResponse receipt);

    /**
     * Tells the spend policy that no more than this moved, nor ever will; what is left may be spent again.
     *
     * <p>For an application that asked the rail itself. A server's receipt is no proof. Does nothing unless something
     * was signed.
     *
     * @param moved 0 to the amount of the offer
     * @throws IllegalStateException when nothing moved and the authorisation can still be used
     */
    void proven(AtomicAmount moved);
}
