package dev.x402.http.server;

import dev.x402.core.seller.Admission;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.PaymentKey;
import java.util.Optional;

/**
 * What a handler may know of its payment, and say of it.
 *
 * <p>Safe for threads.
 */
public final class Paid {
    /** The name under which adapters hand it to handlers. */
    public static final String ATTRIBUTE = "dev.x402.http.paid";

    private final Admission admission;

    Paid(Admission admission) {
        this.admission = admission;
    }

    /** The key of the payment: what was bought is kept under it, and found again when the money goes back. */
    public PaymentKey key() {
        return admission.key();
    }

    /** Account of the payer, as the facilitator verified it. */
    public String payer() {
        return admission.payer();
    }

    /** The offer that is paid. */
    public PaymentRequirements offer() {
        return admission.offer();
    }

    /** The receipt of money that moved before the work, so that the answer may stream; empty: it moves afterwards. */
    public Optional<SettleResponse> receipt() {
        return admission.receipt();
    }

    /**
     * Takes less than the offer for this request, where the scheme can; the last call counts.
     *
     * <p>0 takes nothing. The call is the only way: no header of the answer changes what is taken.
     *
     * @param actual what was used, in the asset's smallest unit
     * @throws IllegalArgumentException when it is more than the offer
     * @throws UnsupportedOperationException when the scheme takes the whole offer only, or the money moved before
     * @throws IllegalStateException when the handler has answered
     */
    public void charge(AtomicAmount actual) {
        admission.charge(actual);
    }

    /** The kind that is paid by; nothing of the payment. */
    @Override
    public String toString() {
        return "paid by " + offer().kind();
    }
}
