package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import java.time.Instant;
import java.util.List;

/** What came of a challenge: a payment to send, or the reasons why there is none. */
public sealed interface Purchase {
    /** What was found about each offer, in the order of the challenge. */
    List<Verdict> verdicts();

    /**
     * A payment was signed.
     *
     * @param payload to send with the repeated request, and with every repetition of it
     * @param chosen the offer as it came
     * @param verdicts one per offer, in the order of the challenge
     * @param liveUntil when nobody can use the payment any more
     */
    record Paid(PaymentPayload payload, PaymentRequirements chosen, List<Verdict> verdicts, Instant liveUntil)
            implements Purchase {
        public Paid {
            requireNonNull(payload, "payload");
            requireNonNull(chosen, "chosen");
            verdicts = List.copyOf(verdicts);
            requireNonNull(liveUntil, "liveUntil");
        }
    }

    /**
     * Nothing was signed.
     *
     * @param verdicts one per offer, in the order of the challenge; none when nothing was offered
     * @param retryable whether the same challenge may be payable later, because a rail could not be read
     */
    record Refused(List<Verdict> verdicts, boolean retryable) implements Purchase {
        public Refused {
            verdicts = List.copyOf(verdicts);
        }
    }
}
