package eu.sparrow.x402;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.util.Arrays;
import java.util.Optional;

/** How an offer is paid: the word of its {@code extra.speed}. */
enum Speed {
    /** An instant credit transfer: there in seconds, and it never goes back. */
    INSTANT("instant"),
    /** A direct debit: there on the next banking day, and refunded for eight weeks at the payer's word. */
    NEXT_DAY("next-day");

    static final String MEMBER = "speed";

    private final String word;

    Speed(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<Speed> parse(String word) {
        return Arrays.stream(values()).filter(speed -> speed.word.equals(word)).findFirst();
    }

    /** The speed of an offer, instant when it names none; empty when it names what is no speed. */
    static Optional<Speed> of(PaymentRequirements offer) {
        Json named = offer.extraOrEmpty().find(MEMBER).orElse(Json.Null.NULL);
        if (named == Json.Null.NULL) {
            return Optional.of(INSTANT);
        }
        return named instanceof Json.Str text ? parse(text.value()) : Optional.empty();
    }
}
