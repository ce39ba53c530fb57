package dev.x402.scheme.exact.svm;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Network;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What came of reading an offer or a transaction. */
sealed interface Reading {
    /**
     * An offer that can be paid on this rail, by somebody.
     *
     * @param network the cluster
     * @param mint the asset
     * @param payTo owner of the account that is credited
     * @param amount atomic, 1 to 2^64-1
     * @param decimals as the asset is registered
     * @param tokenProgram as the asset is registered; null when it does not say
     * @param memo of the seller; null when the payer chooses one
     * @param feePayer null when the offer does not name one
     */
    record Terms(
            Network network,
            SvmAddress mint,
            SvmAddress payTo,
            BigInteger amount,
            int decimals,
            @Nullable SvmAddress tokenProgram,
            @Nullable String memo,
            @Nullable SvmAddress feePayer)
            implements Reading {}

    /**
     * It will not do.
     *
     * @param code why
     * @param message for people, without signed content
     */
    record Refusal(ErrorCode code, String message) implements Reading {
        Verification.Invalid verdict() {
            return new Verification.Invalid(code, message, false);
        }
    }
}
