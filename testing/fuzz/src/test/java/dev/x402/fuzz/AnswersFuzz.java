package dev.x402.fuzz;

import dev.x402.spec.Codec;
import java.util.List;

/** The bodies that a facilitator answers with. */
public final class AnswersFuzz {
    private static final List<Codec<?>> ANSWERS = List.of(
            Codec.VERIFY_RESPONSE,
            Codec.SETTLE_RESPONSE,
            Codec.SUPPORTED_RESPONSE,
            Codec.DISCOVERY_RESPONSE,
            Codec.DISCOVERY_SEARCH_RESPONSE);

    private AnswersFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ANSWERS.forEach(codec -> Decoding.body(codec, data));
    }
}
