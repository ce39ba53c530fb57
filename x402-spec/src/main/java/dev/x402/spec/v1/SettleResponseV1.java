package dev.x402.spec.v1;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import org.jspecify.annotations.Nullable;

/**
 * The receipt in version 1 (x402 v1, section 5.3).
 *
 * @param success whether the money moved
 * @param errorReason code, when it did not
 * @param payer account of the payer, when known
 * @param transaction the rail's reference; empty when nothing was sent
 * @param network by name, such as {@code base-sepolia}; null when a failed answer leaves it out
 * @param unknown members that this version does not know
 */
public record SettleResponseV1(
        boolean success,
        @Nullable ErrorCode errorReason,
        @Nullable String payer,
        String transaction,
        @Nullable String network,
        Json.Obj unknown) {
    public SettleResponseV1 {
        requireNonNull(transaction, "transaction");
        requireNonNull(unknown, "unknown");
    }
}
