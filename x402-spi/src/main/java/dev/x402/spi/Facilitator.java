package dev.x402.spi;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import java.time.Instant;
import java.util.Optional;

/**
 * What every caller sees of a facilitator: the engine here, one behind HTTP, or several behind a router.
 *
 * <p>Outcomes are values. Methods return before their deadline.
 */
public interface Facilitator extends AutoCloseable {
    /**
     * The kinds that are served (x402 v2, section 7.3).
     *
     * @throws RailUnavailableException when nobody could be asked
     */
    SupportedResponse supported(Instant by);

    /**
     * What an offer is completed with; a router decides here who will settle it.
     *
     * <p>Without I/O, once for each offer.
     *
     * @param draft the priced offer, before its scheme completes it
     * @param served what {@link #supported} answered last
     */
    default Optional<SupportedKind> kindFor(PaymentRequirements draft, SupportedResponse served) {
        return served.find(draft.kind());
    }

    /** Judges a payment; moves nothing. */
    Verification verify(Payment payment, Instant by);

    /** Moves the money once, however often it is asked; asking again is the status query. */
    Settlement settle(Payment payment, Instant by);

    /**
     * Whether a refusal to settle proves that no earlier asking moved the money; true unless overridden.
     *
     * <p>False where the memory of earlier askings may be lost or is somebody else's: then a refusal of what was asked
     * before is pending.
     */
    default boolean remembers() {
        return true;
    }

    /** Stops taking payments and waits for work in flight, not for open movements; never throws. */
    @Override
    void close();
}
