package dev.x402.http.client;

import static java.util.Objects.requireNonNull;

import dev.x402.core.payer.PaymentIntent;
import dev.x402.core.payer.Verdict;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Receipt;
import dev.x402.spi.Stage;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a request that may have to be paid.
 *
 * @param <T> the body
 */
public sealed interface Outcome<T> {
    /**
     * Nothing was asked: the server's answer, whatever its status.
     *
     * @param response of the server
     */
    record Free<T>(HttpResponse<T> response) implements Outcome<T> {
        public Free {
            requireNonNull(response, "response");
        }
    }

    /**
     * The payment was taken, and this is what it bought.
     *
     * @param response of the server
     * @param offer that was paid
     * @param receipt of the server; not proven, empty when it sent none that can be read
     */
    record Paid<T>(HttpResponse<T> response, PaymentRequirements offer, Optional<SettleResponse> receipt)
            implements Outcome<T> {
        public Paid {
            requireNonNull(response, "response");
            requireNonNull(offer, "offer");
            requireNonNull(receipt, "receipt");
        }

        /** How sure the payment is, as the server tells; empty when it does not. */
        public Optional<Stage> stage() {
            return receipt.flatMap(Paid::extra)
                    .flatMap(extra -> extra.text(Receipt.FINALITY))
                    .flatMap(Stage::ofWord);
        }

        /** When the money can no longer go back, as the server tells; empty when it does not. */
        public Optional<Instant> finalAt() {
            return receipt.flatMap(Paid::extra)
                    .flatMap(extra -> new Receipt("", "", AtomicAmount.ZERO, extra).finalAt());
        }

        private static Optional<Json.Obj> extra(SettleResponse receipt) {
            return Optional.ofNullable(receipt.extra());
        }
    }

    /**
     * Payment was asked and nothing was signed.
     *
     * @param why which hindrance it is
     * @param message for people
     * @param required the challenge, when it could be read
     * @param verdicts what the payer found about each offer
     */
    record Refused<T>(Hindrance why, String message, Optional<PaymentRequired> required, List<Verdict> verdicts)
            implements Outcome<T> {
        public Refused {
            requireNonNull(why, "why");
            requireNonNull(message, "message");
            requireNonNull(required, "required");
            verdicts = List.copyOf(verdicts);
        }
    }

    /**
     * A payment was handed out, and nobody knows whether it was taken.
     *
     * <p>Not unpaid: until {@code liveUntil} the money may move. Sending the same request with the same {@code intent}
     * asks again without signing again.
     *
     * @param message for people: what was seen last
     * @param status of the last answer; empty when there was none
     * @param receipt of the last answer; names the transaction once the server knows it
     * @param response the last answer, unless it was a 402
     * @param liveUntil when nobody can use the payment any more
     * @param intent that signed
     */
    record Unknown<T>(
            String message,
            Optional<Integer> status,
            Optional<SettleResponse> receipt,
            Optional<HttpResponse<T>> response,
            Instant liveUntil,
            PaymentIntent intent)
            implements Outcome<T> {
        public Unknown {
            requireNonNull(message, "message");
            requireNonNull(status, "status");
            requireNonNull(receipt, "receipt");
            requireNonNull(response, "response");
            requireNonNull(liveUntil, "liveUntil");
            requireNonNull(intent, "intent");
        }
    }

    /** Why nothing was signed. */
    enum Hindrance {
        /** The challenge cannot be read. */
        MALFORMED_CHALLENGE,
        /** The challenge is of version 1. */
        VERSION_1,
        /** The challenge came by {@code http} from another machine: anybody on the way may have written it. */
        NOT_ENCRYPTED,
        /** The challenge names another resource than was asked for. */
        OTHER_RESOURCE,
        /** The payment of this intent is for another origin. */
        OTHER_ORIGIN,
        /** No offer can be paid, or none may: see the verdicts. */
        NOTHING_PAYABLE,
        /** A rail could not be read; the same request may be payable later. */
        NOT_NOW,
        /** The request's body is too long to be sent twice. */
        BODY_NOT_REPLAYABLE
    }
}
