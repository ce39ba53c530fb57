package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Bytes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What is to be done with a request for a priced resource. */
public sealed interface Decision {
    /**
     * The handler may run; its response is held back until the {@link Admission} is finished.
     *
     * @param admission to finish or to cancel, on every path
     */
    record Admit(Admission admission) implements Decision {
        public Admit {
            requireNonNull(admission, "admission");
        }
    }

    /**
     * The handler may run for access that was bought before; nothing is charged.
     *
     * @param entrance to serve or to close, on every path
     */
    record Grant(Entrance entrance) implements Decision {
        public Grant {
            requireNonNull(entrance, "entrance");
        }
    }

    /**
     * The request was paid and answered before: send the same again.
     *
     * @param response the bytes that were given to {@link Admission#finish}
     * @param receipt of the payment
     */
    record Replay(Bytes response, SettleResponse receipt) implements Decision {
        public Replay {
            requireNonNull(response, "response");
            requireNonNull(receipt, "receipt");
        }
    }

    /**
     * Payment is asked; over HTTP status 402.
     *
     * @param required the offers
     * @param code why a payment was refused; empty when none came
     * @param message for people
     * @param receipt of the refused settlement, when one was tried
     * @param answers of extensions to send beside it, by name; never to be logged
     */
    record Challenge(
            PaymentRequired required,
            Optional<ErrorCode> code,
            String message,
            Optional<SettleResponse> receipt,
            Map<String, String> answers)
            implements Decision, Completion {
        public Challenge {
            requireNonNull(required, "required");
            requireNonNull(code, "code");
            requireNonNull(message, "message");
            requireNonNull(receipt, "receipt");
            answers = Map.copyOf(answers);
        }

        /** A challenge beside which extensions say nothing. */
        public Challenge(
                PaymentRequired required, Optional<ErrorCode> code, String message, Optional<SettleResponse> receipt) {
            this(required, code, message, receipt, Map.of());
        }

        /** The code and the message; nothing of the answers. */
        @Override
        public String toString() {
            return "challenge" + code.map(why -> " " + why).orElse("") + ": " + message;
        }
    }

    /**
     * The identical request, with the identical payment, is right, but later.
     *
     * @param why which wait it is
     * @param code for the payer's program
     * @param message for people
     * @param retryAfter when to ask again
     * @param receipt what is known of the settlement: {@code success} is false, the transaction is named once known
     */
    record RetryLater(Wait why, ErrorCode code, String message, Duration retryAfter, Optional<SettleResponse> receipt)
            implements Decision, Completion {
        public RetryLater {
            requireNonNull(why, "why");
            requireNonNull(code, "code");
            requireNonNull(message, "message");
            requireNonNull(retryAfter, "retryAfter");
            requireNonNull(receipt, "receipt");
        }
    }

    /**
     * The request is refused as it is; a new payment would not help.
     *
     * @param why which fault it is
     * @param code for the payer's program
     * @param message for people; names no key, signature or cause inside the server
     * @param required the offers, so that a client can start again; only with {@link Refusal#MALFORMED}
     * @param receipt of the payment, when one is known
     */
    record Reject(
            Refusal why,
            ErrorCode code,
            String message,
            Optional<PaymentRequired> required,
            Optional<SettleResponse> receipt)
            implements Decision, Completion {
        public Reject {
            requireNonNull(why, "why");
            requireNonNull(code, "code");
            requireNonNull(message, "message");
            requireNonNull(required, "required");
            requireNonNull(receipt, "receipt");
        }
    }

    /** Why the same request is to come again later. */
    enum Wait {
        /** The same request is being worked on; over HTTP status 409. */
        IN_FLIGHT,
        /** The outcome of the settlement is not known yet; over HTTP status 503. */
        PENDING,
        /** Facilitator or store could not be asked, and nothing was lost; over HTTP status 503. */
        UNAVAILABLE
    }

    /** Why a request is refused as it is. */
    enum Refusal {
        /** The payment has not its form, or an extension came back changed; over HTTP status 400. */
        MALFORMED,
        /** The payment was used for another request, or its response is not kept any more; over HTTP status 409. */
        CONFLICT,
        /** The facilitator's answer is none; over HTTP status 502. */
        BAD_ANSWER,
        /** The server is broken and the message names the log entry; over HTTP status 500. */
        BROKEN
    }
}
