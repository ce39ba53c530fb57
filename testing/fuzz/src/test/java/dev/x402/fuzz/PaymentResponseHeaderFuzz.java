package dev.x402.fuzz;

import dev.x402.spec.Codec;

/** The header by which a seller gives a receipt. */
public final class PaymentResponseHeaderFuzz {
    private PaymentResponseHeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.header(Codec.SETTLE_RESPONSE, data);
    }
}
