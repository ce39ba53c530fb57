package dev.x402.fuzz;

import dev.x402.spec.Codec;

/** The body that a facilitator is asked with. */
public final class FacilitatorRequestFuzz {
    private FacilitatorRequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.body(Codec.FACILITATOR_REQUEST, data);
    }
}
