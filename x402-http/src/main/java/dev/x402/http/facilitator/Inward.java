package dev.x402.http.facilitator;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.SettleResponse;
import dev.x402.spec.VerifyResponse;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a remote facilitator's answers mean: a list of what may be believed, all else is not known.
 *
 * <p>A settlement fails only when the facilitator says so with a reason that stands before any sending, or calls it
 * rejected in {@code extra.finality}. A reason alone is not enough beside another asking that may have moved the money.
 */
final class Inward {
    private static final int LONGEST_REFERENCE = 256;
    private static final int LONGEST_MESSAGE = 256;
    private static final Set<Integer> NOT_TAKEN = Set.of(401, 403, 404, 413, 429);

    private final Set<ErrorCode> beforeSending;

    Inward(Set<ErrorCode> beforeSending) {
        this.beforeSending = Set.copyOf(beforeSending);
    }

    Verification verification(Reply reply) {
        if (!reply.succeeded()) {
            return new Verification.Unavailable(
                    "the facilitator answered status " + reply.status(), reply.retryAfter());
        }
        VerifyResponse response;
        try {
            response = Codec.VERIFY_RESPONSE.read(reply.body().toArray());
        } catch (MalformedMessageException malformed) {
            return new Verification.Unavailable(
                    ErrorCode.FACILITATOR_RESPONSE_INVALID,
                    "the facilitator answered what is no verification: " + malformed.getMessage(),
                    reply.retryAfter());
        }
        if (response.isValid()) {
            return new Verification.Valid(
                    Objects.requireNonNullElse(response.payer(), ""),
                    Objects.requireNonNullElse(response.extra(), Json.Obj.EMPTY));
        }
        ErrorCode reason = Objects.requireNonNullElse(response.invalidReason(), ErrorCode.INVALID_PAYLOAD);
        if (unexpected(reason)) {
            return new Verification.Unavailable(reason, "the facilitator answered " + reason, reply.retryAfter());
        }
        return new Verification.Invalid(reason, message(response.invalidMessage()), false);
    }

    Settlement settlement(Payment payment, Reply reply, boolean sentBefore) {
        if (NOT_TAKEN.contains(reply.status())) {
            return new Settlement.Pending(Optional.empty(), false, reply.retryAfter());
        }
        if (!reply.succeeded()) {
            return new Settlement.Pending(Optional.empty(), true, reply.retryAfter());
        }
        SettleResponse response;
        try {
            response = Codec.SETTLE_RESPONSE.read(reply.body().toArray());
        } catch (MalformedMessageException malformed) {
            return new Settlement.Pending(Optional.empty(), true, reply.retryAfter());
        }
        Optional<String> reference = reference(response.transaction());
        if (response.success()) {
            return reference.isPresent() && payment.requirements().network().equals(response.network())
                    ? new Settlement.Settled(
                            receipt(payment, reference.get(), response), Finality.stage(response.extra()))
                    : new Settlement.Pending(Optional.empty(), true, reply.retryAfter());
        }
        return failed(payment, response, reference, reply.retryAfter(), sentBefore);
    }

    private Settlement failed(
            Payment payment,
            SettleResponse response,
            Optional<String> reference,
            Duration retryAfter,
            boolean sentBefore) {
        ErrorCode reason = Objects.requireNonNullElse(response.errorReason(), ErrorCode.UNEXPECTED_SETTLE_ERROR);
        String finality = Finality.read(response.extra()).orElse("");
        if (reference.isPresent() && finality.equals(Finality.REVERSED)) {
            return new Settlement.Reversed(receipt(payment, reference.get(), response), reason);
        }
        boolean nothingSent = response.transaction().isEmpty();
        boolean saidFinal = finality.equals(Finality.REJECTED)
                && !unexpected(reason)
                && !reason.equals(ErrorCode.SETTLEMENT_PENDING);
        if (nothingSent && (saidFinal || (!sentBefore && beforeSending.contains(reason)))) {
            return new Settlement.Rejected(reason, message(response.errorMessage()));
        }
        return new Settlement.Pending(reference, true, retryAfter);
    }

    private static Receipt receipt(Payment payment, String reference, SettleResponse response) {
        AtomicAmount amount = Objects.requireNonNullElse(
                response.amount(), payment.requirements().amount());
        return new Receipt(
                reference,
                Objects.requireNonNullElse(response.payer(), ""),
                amount,
                Objects.requireNonNullElse(response.extra(), Json.Obj.EMPTY));
    }

    private static boolean unexpected(ErrorCode code) {
        return code.value().startsWith("unexpected_");
    }

    private static Optional<String> reference(String transaction) {
        boolean plain = !transaction.isEmpty()
                && transaction.length() <= LONGEST_REFERENCE
                && transaction.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return plain ? Optional.of(transaction) : Optional.empty();
    }

    private static String message(@Nullable String said) {
        if (said == null) {
            return "the facilitator gave no message";
        }
        String plain = said.chars()
                .limit(LONGEST_MESSAGE)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain;
    }
}
