package dev.x402.http.server;

import dev.x402.core.seller.Admission;
import dev.x402.core.seller.Entrance;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.PaymentKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a handler may know of its payment, and say of it.
 *
 * <p>Safe for threads.
 */
public final class Paid {
    /** The name under which adapters hand it to handlers. */
    public static final String ATTRIBUTE = "dev.x402.http.paid";

    private final PaymentKey key;
    private final String payer;
    private final @Nullable Admission admission;

    Paid(Admission admission) {
        this.key = admission.key();
        this.payer = admission.payer();
        this.admission = admission;
    }

    Paid(Entrance entrance) {
        this.key = entrance.key();
        this.payer = entrance.payer();
        this.admission = null;
    }

    /** The key of the payment: what was bought is kept under it, and found again when the money goes back. */
    public PaymentKey key() {
        return key;
    }

    /** Account of the payer, as the facilitator verified it. */
    public String payer() {
        return payer;
    }

    /** The offer that is paid by this request; empty: access was bought before, by the payment of this key. */
    public Optional<PaymentRequirements> offer() {
        return Optional.ofNullable(admission).map(Admission::offer);
    }

    /** The receipt of money that moved before the work, so that the answer may stream; empty: it moves afterwards. */
    public Optional<SettleResponse> receipt() {
        return Optional.ofNullable(admission).flatMap(Admission::receipt);
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
        if (admission == null) {
            throw new UnsupportedOperationException("charge: expected a payment, saw access that was bought before");
        }
        admission.charge(actual);
    }

    /** The kind that is paid by; nothing of the payment. */
    @Override
    public String toString() {
        return offer().map(offer -> "paid by " + offer.kind()).orElse("paid before");
    }
}
