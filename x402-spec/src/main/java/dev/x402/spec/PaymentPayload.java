package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What the payer sends: the offer it accepts and the scheme's proof (x402 v2, section 5.2).
 *
 * <p>{@link #toString} shows no member of the proof.
 *
 * @param resource as the payer repeats it; never trusted
 * @param accepted the chosen offer, repeated without loss
 * @param payload the scheme's proof
 * @param extensions by key
 * @param unknown members that this version does not know
 */
public record PaymentPayload(
        @Nullable ResourceInfo resource,
        PaymentRequirements accepted,
        Json.Obj payload,
        Json.@Nullable Obj extensions,
        Json.Obj unknown) {
    public PaymentPayload {
        requireNonNull(accepted, "accepted");
        requireNonNull(payload, "payload");
        requireNonNull(unknown, "unknown");
    }

    /** A payload for an offer, without extensions. */
    public static PaymentPayload of(@Nullable ResourceInfo resource, PaymentRequirements accepted, Json.Obj payload) {
        return new PaymentPayload(resource, accepted, payload, null, Json.Obj.EMPTY);
    }

    /** A cursor on the scheme's proof; its messages never quote what stands there. */
    public JsonCursor payloadCursor() {
        return JsonCursor.at("/payload", payload);
    }
}
