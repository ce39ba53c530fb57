package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.PaymentRequirements;

/**
 * Why an offer was chosen or refused.
 *
 * @param offer as it came
 * @param chosen whether it is the one that is paid
 * @param why for people; safe to log
 */
public record Verdict(PaymentRequirements offer, boolean chosen, String why) {
    public Verdict {
        requireNonNull(offer, "offer");
        requireNonNull(why, "why");
    }

    /** Such as {@code refused: 10000 of eip155:8453/0x8335… by exact on eip155:8453: no scheme for it}. */
    @Override
    public String toString() {
        return (chosen ? "chosen: " : "refused: ") + offer.amount() + " of " + offer.asset() + " by " + offer.kind()
                + ": " + why;
    }
}
