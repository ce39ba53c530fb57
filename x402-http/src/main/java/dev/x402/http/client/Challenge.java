package dev.x402.http.client;

import dev.x402.spec.Codec;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequired;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** What a 402 asks: in its header, or in its body where the header is too long for it. */
sealed interface Challenge {
    record Read(PaymentRequired required) implements Challenge {}

    record Unreadable(Outcome.Hindrance why, String message) implements Challenge {}

    static Challenge of(HttpHeaders headers, byte[] body) {
        List<String> values = headers.allValues(HeaderNames.PAYMENT_REQUIRED);
        if (values.size() > 1) {
            return new Unreadable(
                    Outcome.Hindrance.MALFORMED_CHALLENGE,
                    "PAYMENT-REQUIRED: expected one challenge, saw " + values.size());
        }
        try {
            if (!values.isEmpty()) {
                return new Read(Codec.PAYMENT_REQUIRED.readHeader(values.get(0)));
            }
            Json json = Codec.JSON.read(body);
            if (version(json).filter(Json.Num.of(1)::equals).isPresent()) {
                return new Unreadable(
                        Outcome.Hindrance.VERSION_1, "402: expected a challenge of version 2, saw one of version 1");
            }
            return new Read(Codec.PAYMENT_REQUIRED.of(json));
        } catch (MalformedMessageException malformed) {
            return new Unreadable(
                    Outcome.Hindrance.MALFORMED_CHALLENGE,
                    (values.isEmpty() ? "body of the 402: " : "PAYMENT-REQUIRED: ") + malformed.getMessage());
        }
    }

    private static Optional<Json> version(Json json) {
        return json instanceof Json.Obj message ? message.find("x402Version") : Optional.empty();
    }
}
