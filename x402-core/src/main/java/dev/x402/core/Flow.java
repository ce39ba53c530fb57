package dev.x402.core;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** When the money moves for a request; {@code extra.paymentFlow} of an offer. */
public enum Flow {
    /** Verify, work, settle, answer: the seller risks the work. */
    AUTHORIZATION,
    /** Settle, work, answer: the payer risks the money. */
    UPFRONT,
    /** Put money aside, work, charge; no scheme here uses it. */
    ESCROW;

    /** The member of {@code extra} that names the flow. */
    public static final String MEMBER = "paymentFlow";

    /** The word of the wire, such as {@code upfront}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The flow of this word; empty for any other spelling. */
    public static Optional<Flow> parse(String word) {
        return Arrays.stream(values()).filter(flow -> flow.word().equals(word)).findFirst();
    }

    /** The flow of an offer, {@link #AUTHORIZATION} when it names none; empty when it names what is no flow. */
    public static Optional<Flow> of(PaymentRequirements offer) {
        Json named = offer.extraOrEmpty().find(MEMBER).orElse(Json.Null.NULL);
        if (named == Json.Null.NULL) {
            return Optional.of(AUTHORIZATION);
        }
        return named instanceof Json.Str word ? parse(word.value()) : Optional.empty();
    }
}
