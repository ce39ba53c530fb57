package dev.x402.core.seller;

import dev.x402.spi.Bytes;
import dev.x402.spi.Settlement;
import java.util.List;

/**
 * The closed, ordered list of what happens to a request; the handler runs between {@code claim} and {@code keep}.
 *
 * @param identify finds the route, and later who asks
 * @param quote makes the offers; answers a request without a payment
 * @param lookUp takes the claim of the payment in one transaction; answers what was seen before, without verifying
 * @param verify compares with the offer, then asks the facilitator
 * @param claim confirms the claim for the payer that was verified
 * @param keep keeps the response, before any money moves
 * @param settle moves the money, or asks again what became of it
 * @param release turns the settlement into an answer
 */
record Steps(
        Step identify, Step quote, Step lookUp, Step verify, Step claim, Keep keep, Settle settle, Release release) {
    List<Step> beforeWork() {
        return List.of(identify, quote, lookUp, verify, claim);
    }

    /** Keeps a response under its claim. */
    @FunctionalInterface
    interface Keep {
        /** False: the claim was lost to another request. */
        boolean keep(Walk walk, Bytes response);
    }

    /** Moves the money; a failure of whatever kind is not known to be one. */
    @FunctionalInterface
    interface Settle {
        Settlement settle(Walk walk);
    }

    /** Turns a settlement into an answer. */
    @FunctionalInterface
    interface Release {
        Completion release(Walk walk, Settlement settlement);
    }
}
