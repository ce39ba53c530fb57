package dev.x402.core.payer;

import dev.x402.spec.PaymentRequired;
import java.util.List;

/** The payer's preference among offers; pure, and an argument of the application. */
@FunctionalInterface
public interface OfferPolicy {
    /**
     * Ranks the offers that may be paid and explains every one.
     *
     * @param url that was asked for
     * @param challenge as it came; nothing in it is trusted
     * @param payable offers that some plugin can pay, in the order of the challenge
     */
    Choice choose(String url, PaymentRequired challenge, List<Candidate> payable);
}
