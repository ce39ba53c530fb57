package dev.x402.fuzz;

import dev.x402.spec.Codec;
import dev.x402.spec.VerifyResponse;

/** The body of {@code /verify}: while the chain is down nothing is valid. */
public final class VerifyEndpointFuzz {
    private static final Asked FACILITATOR = new Asked(Seller.plugins());
    private static final VerifyResponse NO =
            Codec.VERIFY_RESPONSE.read("{\"isValid\":false}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    private VerifyEndpointFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.same(
                false,
                FACILITATOR.body("/verify", data, Codec.VERIFY_RESPONSE, NO).isValid());
    }
}
