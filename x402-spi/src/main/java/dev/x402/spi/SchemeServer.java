package dev.x402.spi;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import java.time.Instant;
import java.util.Set;

/** The payee's side of a scheme. */
public interface SchemeServer extends AutoCloseable {
    /**
     * Completes an offer with what the scheme needs; may only add to {@code extra}.
     *
     * <p>The draft's {@code extra.paymentFlow} is {@code upfront} when the seller settles before the work, absent when
     * after it; a scheme that cannot settle first refuses the offer.
     *
     * @param draft the priced offer
     * @param kind what the facilitator says of this kind
     * @param by deadline for I/O
     * @throws IllegalArgumentException when the offer can never be paid, naming the member
     */
    PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by);

    /** Members of {@code extra} that are new in every challenge; a comparison of echoes leaves them out. */
    default Set<String> dynamicExtra() {
        return Set.of();
    }

    /** When money moves for this offer. */
    default Set<Phase> phases(PaymentRequirements offer) {
        return Set.of(Phase.CHARGE);
    }

    /**
     * The payment to settle in a phase; may add, and lower the amount.
     *
     * <p>A scheme that can take less answers requirements whose amount is {@code actual}: that is what the facilitator
     * is asked to settle. One that cannot answers the whole amount, and a seller who asks for less is told so.
     *
     * @param actual at most the offer's amount; 0 where nothing was used
     */
    default Payment settlement(Payment admitted, Phase phase, AtomicAmount actual) {
        return admitted;
    }

    /** Does nothing unless overridden; never throws. */
    @Override
    default void close() {}
}
