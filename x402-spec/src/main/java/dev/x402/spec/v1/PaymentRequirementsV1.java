package dev.x402.spec.v1;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import org.jspecify.annotations.Nullable;

/**
 * One way to pay in version 1 (x402 v1, section 5.1.2).
 *
 * @param scheme such as {@code exact}
 * @param network by name, such as {@code base-sepolia}
 * @param maxAmountRequired in the asset's smallest unit
 * @param resource address of what is sold
 * @param description for people
 * @param mimeType of the answer
 * @param outputSchema of the answer; null when absent or JSON {@code null}
 * @param payTo account of the payee
 * @param maxTimeoutSeconds how long the payment may take, 1 or more
 * @param asset the token's address or mint
 * @param extra what the scheme needs besides
 * @param unknown members that this version does not know, kept for the echo
 */
public record PaymentRequirementsV1(
        String scheme,
        String network,
        AtomicAmount maxAmountRequired,
        String resource,
        String description,
        @Nullable String mimeType,
        Json.@Nullable Obj outputSchema,
        String payTo,
        int maxTimeoutSeconds,
        String asset,
        Json.@Nullable Obj extra,
        Json.Obj unknown) {
    public PaymentRequirementsV1 {
        requireNonNull(scheme, "scheme");
        requireNonNull(network, "network");
        requireNonNull(maxAmountRequired, "maxAmountRequired");
        requireNonNull(resource, "resource");
        requireNonNull(description, "description");
        requireNonNull(payTo, "payTo");
        requireNonNull(asset, "asset");
        requireNonNull(unknown, "unknown");
        if (maxTimeoutSeconds < 1) {
            throw new IllegalArgumentException("maxTimeoutSeconds: expected 1 or more, saw " + maxTimeoutSeconds);
        }
    }
}
