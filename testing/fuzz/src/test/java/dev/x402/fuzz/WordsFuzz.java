package dev.x402.fuzz;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import java.util.function.Function;

/** Networks, patterns of them, amounts and codes: one spelling each. */
public final class WordsFuzz {
    private WordsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = Decoding.text(data);
        oneSpelling(text, Network::parse);
        oneSpelling(text, NetworkPattern::parse);
        oneSpelling(text, AtomicAmount::parse);
        Decoding.same(
                ErrorCode.parse(text), ErrorCode.parse(ErrorCode.parse(text).value()));
    }

    private static void oneSpelling(String text, Function<String, ?> parse) {
        Object word;
        try {
            word = parse.apply(text);
        } catch (IllegalArgumentException refusal) {
            Decoding.readable(refusal);
            return;
        }
        Decoding.same(text, word.toString());
    }
}
