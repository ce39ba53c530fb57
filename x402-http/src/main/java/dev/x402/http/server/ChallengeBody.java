package dev.x402.http.server;

import dev.x402.http.Answer;
import dev.x402.http.IncomingRequest;
import dev.x402.spec.Codec;
import dev.x402.spec.PaymentRequired;

/** Writes the body of a 402, such as a page for people. */
@FunctionalInterface
public interface ChallengeBody {
    /**
     * The answer with a body and its content type.
     *
     * <p>Status and all other headers are set afterwards. Escape what comes from the request.
     */
    Answer write(IncomingRequest request, PaymentRequired required, Answer answer);

    /** The challenge as JSON, the same as in the header. */
    static ChallengeBody json() {
        return (request, required, answer) -> Answer.json(402, Codec.PAYMENT_REQUIRED, required);
    }
}
