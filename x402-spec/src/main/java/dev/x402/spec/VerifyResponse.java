package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code POST /verify} (x402 v2, section 7.1).
 *
 * @param isValid whether the payment would settle
 * @param invalidReason code, when it would not
 * @param invalidMessage for people
 * @param payer account of the payer, when known
 * @param extensions by key
 * @param extra what the scheme adds
 * @param unknown members that this version does not know
 */
public record VerifyResponse(
        boolean isValid,
        @Nullable ErrorCode invalidReason,
        @Nullable String invalidMessage,
        @Nullable String payer,
        Json.@Nullable Obj extensions,
        Json.@Nullable Obj extra,
        Json.Obj unknown) {
    public VerifyResponse {
        requireNonNull(unknown, "unknown");
    }
}
