package dev.x402.http.server;

import dev.x402.core.seller.ResourceRequest.Presented;
import dev.x402.http.IncomingRequest;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.MalformedMessageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The payment headers of a request: exactly one, of version 2, within the limit. */
final class Presentation {
    private static final String VERSION_1 = "X-PAYMENT";

    private Presentation() {}

    /** Whether all payment headers together are at most so long. */
    static boolean fits(IncomingRequest request, int limit) {
        long length = 0;
        for (String value : present(request, HeaderNames.PAYMENT_SIGNATURE)) {
            length += value.length();
        }
        for (String value : present(request, VERSION_1)) {
            length += value.length();
        }
        return length <= limit;
    }

    /** Whether all values of a header together are at most so long. */
    static boolean fits(IncomingRequest request, String header, int limit) {
        long length = 0;
        for (String value : request.headers(header)) {
            length += value.length();
        }
        return length <= limit;
    }

    /** The proofs that came; one that came twice is one that nobody can read. */
    static Map<String, String> proofs(IncomingRequest request, Set<String> names) {
        Map<String, String> proofs = new HashMap<>();
        for (String name : names) {
            List<String> values = present(request, name);
            if (!values.isEmpty()) {
                proofs.put(name, String.join(", ", values));
            }
        }
        return proofs;
    }

    static Presented of(IncomingRequest request) {
        List<String> payments = present(request, HeaderNames.PAYMENT_SIGNATURE);
        List<String> old = present(request, VERSION_1);
        if (payments.isEmpty() && old.isEmpty()) {
            return new Presented.None();
        }
        if (payments.isEmpty()) {
            return new Presented.Malformed(
                    ErrorCode.INVALID_X402_VERSION,
                    "X-PAYMENT: expected no payment of version 1, saw one; send PAYMENT-SIGNATURE of version 2");
        }
        int headers = payments.size() + old.size();
        if (headers > 1 || payments.get(0).indexOf(',') >= 0) {
            return new Presented.Malformed(
                    ErrorCode.INVALID_PAYLOAD, "PAYMENT-SIGNATURE: expected one payment, saw several");
        }
        try {
            return new Presented.Payment(Codec.PAYMENT_PAYLOAD.readHeader(payments.get(0)));
        } catch (MalformedMessageException malformed) {
            return new Presented.Malformed(malformed.code(), "PAYMENT-SIGNATURE: " + malformed.getMessage());
        }
    }

    /** The values of a header that say something; blank ones count as absent. */
    private static List<String> present(IncomingRequest request, String name) {
        List<String> values = new ArrayList<>();
        for (String value : request.headers(name)) {
            String stripped = value.strip();
            if (!stripped.isEmpty()) {
                values.add(stripped);
            }
        }
        return values;
    }
}
