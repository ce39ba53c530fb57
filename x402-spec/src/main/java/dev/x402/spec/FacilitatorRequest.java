package dev.x402.spec;

import static java.util.Objects.requireNonNull;

/**
 * The body of {@code POST /verify} and {@code POST /settle} (x402 v2, sections 7.1 and 7.2).
 *
 * @param paymentPayload what the payer sent
 * @param paymentRequirements the seller's own offer
 * @param unknown members that this version does not know
 */
public record FacilitatorRequest(
        PaymentPayload paymentPayload, PaymentRequirements paymentRequirements, Json.Obj unknown) {
    public FacilitatorRequest {
        requireNonNull(paymentPayload, "paymentPayload");
        requireNonNull(paymentRequirements, "paymentRequirements");
        requireNonNull(unknown, "unknown");
    }
}
