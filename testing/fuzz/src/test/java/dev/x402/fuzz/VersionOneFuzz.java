package dev.x402.fuzz;

import dev.x402.spec.Codec;
import dev.x402.spec.v1.CodecsV1;
import java.util.List;

/** The messages of version 1, which are read where the reference implementation still speaks it. */
public final class VersionOneFuzz {
    private static final List<Codec<?>> MESSAGES = List.of(
            CodecsV1.PAYMENT_REQUIRED,
            CodecsV1.PAYMENT_PAYLOAD,
            CodecsV1.SETTLE_RESPONSE,
            CodecsV1.FACILITATOR_REQUEST);

    private VersionOneFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        MESSAGES.forEach(codec -> Decoding.header(codec, data));
    }
}
