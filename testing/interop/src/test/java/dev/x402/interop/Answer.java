package dev.x402.interop;

import dev.x402.spec.PaymentRequired;
import dev.x402.spec.SettleResponse;
import java.util.Optional;

/**
 * What came of a paid request, whoever sent it.
 *
 * @param status of the last response
 * @param body of the last response
 * @param payment the last payment header that was sent
 * @param receipt what the response says of the settlement
 * @param required the challenge, where the response is one
 */
public record Answer(
        int status,
        String body,
        Optional<String> payment,
        Optional<SettleResponse> receipt,
        Optional<PaymentRequired> required) {

    /** Why the response asks for a payment (again). */
    Optional<String> error() {
        return required.map(PaymentRequired::error);
    }
}
