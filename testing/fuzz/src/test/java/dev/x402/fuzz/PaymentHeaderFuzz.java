package dev.x402.fuzz;

import dev.x402.spec.Codec;

/** The header by which a buyer pays. */
public final class PaymentHeaderFuzz {
    private PaymentHeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.header(Codec.PAYMENT_PAYLOAD, data);
    }
}
