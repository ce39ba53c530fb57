package dev.x402.core.seller;

import dev.x402.spec.AtomicAmount;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.Settlement;
import java.util.List;

/**
 * The closed, ordered list of what happens to a request; the handler runs after the last step before the work.
 *
 * @param identify finds the route, and later who asks
 * @param enter lets in who bought access before
 * @param quote makes the offers; answers a request without a payment
 * @param refuse asks extensions whether the payment is refused as it is
 * @param lookUp takes the claim of the payment in one transaction; answers what was seen before, without verifying
 * @param verify compares with the offer, then asks the facilitator
 * @param claim confirms the claim for the payer that was verified
 * @param reserve asks extensions once more, of a payment that is verified
 * @param charge settles, where the offer says that money moves before the work
 * @param settle moves the money, or asks again what became of it
 * @param release turns the settlement into an answer
 */
record Steps(
        Step identify,
        Step enter,
        Step quote,
        Step refuse,
        Step lookUp,
        Step verify,
        Step claim,
        Step reserve,
        Step charge,
        Settle settle,
        Release release) {
    List<Step> beforeWork() {
        return List.of(identify, enter, quote, refuse, lookUp, verify, claim, reserve, charge);
    }

    /** Moves the money; a failure of whatever kind is not known to be one. */
    interface Settle {
        /** The settlement as it will be asked, now and ever after. */
        Charge charge(Walk walk);

        Settlement settle(Walk walk);

        /** Whether the scheme can take just so much of the offer. */
        boolean canCharge(Walk walk, AtomicAmount amount);
    }

    /** Turns a settlement into an answer. */
    @FunctionalInterface
    interface Release {
        Completion release(Walk walk, Settlement settlement);
    }
}
