package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The challenge that comes with status 402 (x402 v2, section 5.1).
 *
 * @param error why payment is asked, for people and for codes
 * @param resource what is sold
 * @param accepts the offers; empty on a route that asks for a session only
 * @param otherAccepts offers that cannot be read, as they came: skipped, for they cannot be paid
 * @param extensions by key
 * @param unknown members that this version does not know
 */
public record PaymentRequired(
        @Nullable String error,
        ResourceInfo resource,
        List<PaymentRequirements> accepts,
        List<Json> otherAccepts,
        Json.@Nullable Obj extensions,
        Json.Obj unknown) {
    public PaymentRequired {
        requireNonNull(resource, "resource");
        accepts = List.copyOf(accepts);
        otherAccepts = List.copyOf(otherAccepts);
        requireNonNull(unknown, "unknown");
    }

    /** A challenge whose offers can all be read. */
    public PaymentRequired(
            @Nullable String error,
            ResourceInfo resource,
            List<PaymentRequirements> accepts,
            Json.@Nullable Obj extensions,
            Json.Obj unknown) {
        this(error, resource, accepts, List.of(), extensions, unknown);
    }

    /** A challenge without extensions. */
    public static PaymentRequired of(@Nullable String error, ResourceInfo resource, List<PaymentRequirements> accepts) {
        return new PaymentRequired(error, resource, accepts, null, Json.Obj.EMPTY);
    }
}
