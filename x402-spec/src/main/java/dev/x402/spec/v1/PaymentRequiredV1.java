package dev.x402.spec.v1;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body that comes with status 402 in version 1 (x402 v1, section 5.1).
 *
 * @param error why payment is asked
 * @param accepts the offers
 * @param unknown members that this version does not know
 */
public record PaymentRequiredV1(@Nullable String error, List<PaymentRequirementsV1> accepts, Json.Obj unknown) {
    public PaymentRequiredV1 {
        accepts = List.copyOf(accepts);
        requireNonNull(unknown, "unknown");
    }
}
