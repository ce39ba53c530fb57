package dev.x402.spec.v1;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;

/**
 * What the payer sends in version 1 (x402 v1, section 5.2).
 *
 * <p>{@link #toString} shows no member of the proof.
 *
 * @param scheme such as {@code exact}
 * @param network by name, such as {@code base-sepolia}
 * @param payload the scheme's proof
 * @param unknown members that this version does not know
 */
public record PaymentPayloadV1(String scheme, String network, Json.Obj payload, Json.Obj unknown) {
    public PaymentPayloadV1 {
        requireNonNull(scheme, "scheme");
        requireNonNull(network, "network");
        requireNonNull(payload, "payload");
        requireNonNull(unknown, "unknown");
    }

    /** A cursor on the scheme's proof; its messages never quote what stands there. */
    public JsonCursor payloadCursor() {
        return JsonCursor.at("/payload", payload);
    }
}
