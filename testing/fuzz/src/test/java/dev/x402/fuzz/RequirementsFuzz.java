package dev.x402.fuzz;

import dev.x402.spec.Codec;

/** One offer. */
public final class RequirementsFuzz {
    private RequirementsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.body(Codec.PAYMENT_REQUIREMENTS, data);
    }
}
