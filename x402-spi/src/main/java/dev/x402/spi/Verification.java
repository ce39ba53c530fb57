package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import java.time.Duration;

/** The judgement of a payment (x402 v2, section 6.1). */
public sealed interface Verification {
    /**
     * It would settle.
     *
     * @param payer account of the payer
     * @param extra what the scheme adds
     */
    record Valid(String payer, Json.Obj extra) implements Verification {
        public Valid {
            requireNonNull(payer, "payer");
            requireNonNull(extra, "extra");
        }
    }

    /**
     * It would not settle.
     *
     * @param code why
     * @param message for people, without signed content
     * @param authentic whether the payer's signature held
     */
    record Invalid(ErrorCode code, String message, boolean authentic) implements Verification {
        public Invalid {
            requireNonNull(code, "code");
            requireNonNull(message, "message");
        }
    }

    /**
     * Nobody knows now; never reported as invalid.
     *
     * @param code {@code facilitator_unavailable}, or what else keeps it from being known
     * @param message for people
     * @param retryAfter when to ask again
     */
    record Unavailable(ErrorCode code, String message, Duration retryAfter) implements Verification {
        /** The facilitator cannot be asked now. */
        public Unavailable(String message, Duration retryAfter) {
            this(ErrorCode.FACILITATOR_UNAVAILABLE, message, retryAfter);
        }

        public Unavailable {
            requireNonNull(code, "code");
            requireNonNull(message, "message");
            requireNonNull(retryAfter, "retryAfter");
        }
    }
}
