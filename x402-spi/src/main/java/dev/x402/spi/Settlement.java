package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/** What came of a settlement (x402 v2, section 6.2); only {@link Rejected} may lead to a fresh 402. */
public sealed interface Settlement {
    /**
     * The money moved.
     *
     * @param receipt the proof
     * @param stage how far it is from final
     */
    record Settled(Receipt receipt, Stage stage) implements Settlement {
        public Settled {
            requireNonNull(receipt, "receipt");
            requireNonNull(stage, "stage");
        }
    }

    /**
     * The money did not move and never will by this payment; durable before it is said.
     *
     * @param code why
     * @param message for people, without signed content
     */
    record Rejected(ErrorCode code, String message) implements Settlement {
        public Rejected {
            requireNonNull(code, "code");
            requireNonNull(message, "message");
        }
    }

    /**
     * Not known yet: ask again with the identical payment.
     *
     * @param reference the transaction, once one is signed
     * @param started false only when nothing can have been sent, so that another facilitator may be asked
     * @param retryAfter when to ask again
     */
    record Pending(Optional<String> reference, boolean started, Duration retryAfter) implements Settlement {
        public Pending {
            requireNonNull(reference, "reference");
            requireNonNull(retryAfter, "retryAfter");
        }
    }

    /**
     * The money moved and went back.
     *
     * @param receipt of the movement that was reversed
     * @param code why
     */
    record Reversed(Receipt receipt, ErrorCode code) implements Settlement {
        public Reversed {
            requireNonNull(receipt, "receipt");
            requireNonNull(code, "code");
        }
    }
}
