package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code POST /settle}, and the receipt in {@code PAYMENT-RESPONSE} (x402 v2, section 5.3).
 *
 * @param success whether the money moved
 * @param errorReason code, when it did not or is not known to have
 * @param errorMessage for people
 * @param payer account of the payer, when known
 * @param transaction the rail's reference; empty when nothing was sent
 * @param network where; null when a failed answer of another implementation leaves it empty
 * @param amount settled, when it may differ from the offer
 * @param extensions by key
 * @param extra what the scheme adds
 * @param unknown members that this version does not know
 */
public record SettleResponse(
        boolean success,
        @Nullable ErrorCode errorReason,
        @Nullable String errorMessage,
        @Nullable String payer,
        String transaction,
        @Nullable Network network,
        @Nullable AtomicAmount amount,
        Json.@Nullable Obj extensions,
        Json.@Nullable Obj extra,
        Json.Obj unknown) {
    public SettleResponse {
        requireNonNull(transaction, "transaction");
        requireNonNull(unknown, "unknown");
    }
}
