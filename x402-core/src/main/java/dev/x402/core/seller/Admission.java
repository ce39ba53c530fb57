package dev.x402.core.seller;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;

/**
 * The right to run the handler once for one verified payment.
 *
 * <p>Ends by exactly one of {@link #finish} and {@link #cancel}; closing cancels what was not ended. Safe for threads.
 */
public interface Admission extends AutoCloseable {
    /** The offer that is paid, as the server made it. */
    PaymentRequirements offer();

    /** Account of the payer, as the facilitator verified it. */
    String payer();

    /**
     * Keeps the response, settles, and says what to send.
     *
     * @param response as it will be sent, in any encoding of the transport; comes back in {@link Decision.Replay}
     * @throws IllegalStateException when the admission was ended before
     */
    Completion finish(Bytes response);

    /** Gives the payment back unused, because the handler failed; the payer is not charged. */
    void cancel();

    /** Cancels, unless the admission was ended. */
    @Override
    void close();
}
