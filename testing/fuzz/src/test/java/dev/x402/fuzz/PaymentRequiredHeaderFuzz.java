package dev.x402.fuzz;

import dev.x402.spec.Codec;

/** The header by which a seller asks to be paid. */
public final class PaymentRequiredHeaderFuzz {
    private PaymentRequiredHeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.header(Codec.PAYMENT_REQUIRED, data);
    }
}
