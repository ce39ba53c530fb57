package dev.x402.fuzz;

import dev.x402.spec.Codec;
import dev.x402.spec.SettleResponse;

/** The body of {@code /settle}: while the chain is down nothing is settled. */
public final class SettleEndpointFuzz {
    private static final Asked FACILITATOR = new Asked(Seller.plugins());
    private static final SettleResponse NO = Codec.SETTLE_RESPONSE.read(
            "{\"success\":false,\"errorReason\":\"no\",\"transaction\":\"\",\"network\":\"eip155:84532\"}"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));

    private SettleEndpointFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.same(
                false,
                FACILITATOR.body("/settle", data, Codec.SETTLE_RESPONSE, NO).success());
    }
}
