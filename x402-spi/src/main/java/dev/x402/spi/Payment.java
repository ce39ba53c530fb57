package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Kind;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;

/**
 * A payer's payload beside the seller's own requirements.
 *
 * @param payload what the payer sent; not trusted
 * @param requirements what the seller asks, the only source of terms
 * @param tenant whose seller asks; empty where there is one
 */
public record Payment(PaymentPayload payload, PaymentRequirements requirements, String tenant) {
    public Payment {
        requireNonNull(payload, "payload");
        requireNonNull(requirements, "requirements");
        requireNonNull(tenant, "tenant");
    }

    /** A payment where there is one tenant. */
    public static Payment of(PaymentPayload payload, PaymentRequirements requirements) {
        return new Payment(payload, requirements, "");
    }

    /** The scheme and network that the seller asks. */
    public Kind kind() {
        return requirements.kind();
    }
}
