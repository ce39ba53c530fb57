package dev.x402.spec.v1;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Json;

/**
 * The body of {@code POST /verify} and {@code POST /settle} in version 1 (x402 v1, section 7).
 *
 * @param paymentPayload what the payer sent
 * @param paymentRequirements the seller's own offer
 * @param unknown members that this version does not know
 */
public record FacilitatorRequestV1(
        PaymentPayloadV1 paymentPayload, PaymentRequirementsV1 paymentRequirements, Json.Obj unknown) {
    public FacilitatorRequestV1 {
        requireNonNull(paymentPayload, "paymentPayload");
        requireNonNull(paymentRequirements, "paymentRequirements");
        requireNonNull(unknown, "unknown");
    }
}
