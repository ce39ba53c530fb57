package dev.x402.core.seller;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Settlement;
import java.util.Optional;

/** Lets the response go only when the money moved; only a rejected settlement asks for a new payment. */
final class Releasing implements Steps.Release {
    private final Receipts receipts;

    Releasing(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public Completion release(Walk walk, Settlement settlement) {
        SettleResponse receipt = receipts.of(walk, settlement);
        if (settlement instanceof Settlement.Settled settled) {
            return Settling.isProof(
                            settled.receipt(), walk.charge().orElseThrow().payment())
                    ? new Completion.Release(receipt)
                    : reject(
                            Decision.Refusal.BAD_ANSWER,
                            ErrorCode.FACILITATOR_RESPONSE_INVALID,
                            "the facilitator says settled without proof of the whole amount;"
                                    + " come again with the same payment",
                            Optional.empty());
        }
        if (settlement instanceof Settlement.Pending pending) {
            return new Decision.RetryLater(
                    pending.started() ? Decision.Wait.PENDING : Decision.Wait.UNAVAILABLE,
                    Receipts.pendingCode(pending),
                    "the settlement is not known yet; come again with the same payment",
                    pending.retryAfter(),
                    Optional.of(receipt));
        }
        if (settlement instanceof Settlement.Reversed reversed) {
            return reject(Decision.Refusal.CONFLICT, reversed.code(), "the payment was reversed", Optional.of(receipt));
        }
        Settlement.Rejected rejected = (Settlement.Rejected) settlement;
        return rejected.code().equals(ErrorCode.DUPLICATE_SETTLEMENT)
                ? reject(Decision.Refusal.CONFLICT, rejected.code(), rejected.message(), Optional.of(receipt))
                : walk.challenge(rejected.code(), rejected.message(), Optional.of(receipt));
    }

    private static Decision.Reject reject(
            Decision.Refusal why, ErrorCode code, String message, Optional<SettleResponse> receipt) {
        return new Decision.Reject(why, code, message, Optional.empty(), receipt);
    }
}
