package dev.x402.core.seller;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentKey;
import java.util.Optional;

/**
 * The right to run the handler once for one payment.
 *
 * <p>Ends by exactly one of {@link #finish}, {@link #delivered} and {@link #cancel}; closing cancels what was not ended.
 * Safe for threads.
 */
public interface Admission extends AutoCloseable {
    /** The offer that is paid, as the server made it. */
    PaymentRequirements offer();

    /** The key of the payment, by which a {@link GateEvent} names it later: what was bought is kept under it. */
    PaymentKey key();

    /** Account of the payer, as the facilitator verified it. */
    String payer();

    /**
     * The receipt, where the money moved before the work; only then may a response go out before this ends.
     *
     * @return empty where the money moves when this is finished
     */
    Optional<SettleResponse> receipt();

    /**
     * Takes less than the offer when this is finished, where the scheme can; the last call counts.
     *
     * <p>0 takes nothing: the response goes out, and the facilitator is not asked.
     *
     * @param actual what was used, in the asset's smallest unit
     * @throws IllegalArgumentException when it is more than the offer
     * @throws UnsupportedOperationException when the scheme takes the whole offer only, or the money moved before
     * @throws IllegalStateException when the admission was ended before
     */
    void charge(AtomicAmount actual);

    /**
     * Keeps the response, settles unless that was done before, and says what to send.
     *
     * @param response as it will be sent, in any encoding of the transport; comes back in {@link Decision.Replay}
     * @return {@link Completion.Release} where there is a {@link #receipt}
     * @throws IllegalStateException when the admission was ended before
     */
    Completion finish(Bytes response);

    /**
     * Ends with a response that went out as it was made and is not kept.
     *
     * @throws IllegalStateException when there is no {@link #receipt}, or the admission was ended before
     */
    void delivered();

    /**
     * Ends without a response, because the handler failed.
     *
     * <p>The payer is not charged. Where there is a {@link #receipt}, the identical request runs the handler again and
     * is not charged again.
     */
    void cancel();

    /** Cancels, unless the admission was ended. */
    @Override
    void close();
}
