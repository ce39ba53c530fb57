package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.PaymentRequirements;
import java.util.Locale;

/**
 * Why an offer was chosen or refused.
 *
 * @param offer as it came
 * @param asks how much, such as {@code 0.01 USDC}; in the smallest unit where the asset is not known
 * @param standing whether it is paid, might be, or is not
 * @param why for people; safe to log
 */
public record Verdict(PaymentRequirements offer, String asks, Standing standing, String why) {
    public Verdict {
        requireNonNull(offer, "offer");
        requireNonNull(asks, "asks");
        requireNonNull(standing, "standing");
        requireNonNull(why, "why");
    }

    /** Whether it is the one that is paid. */
    public boolean chosen() {
        return standing == Standing.CHOSEN;
    }

    /** Such as {@code refused: 0.01 USDC by exact on eip155:8453: "avoid mainnet": Base is one}. */
    @Override
    public String toString() {
        return standing.name().toLowerCase(Locale.ROOT) + ": " + asks + " by " + Shown.of(offer.scheme()) + " on "
                + offer.network() + ": " + why;
    }
}
