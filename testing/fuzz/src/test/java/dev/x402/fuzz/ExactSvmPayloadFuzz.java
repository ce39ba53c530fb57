package dev.x402.fuzz;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import java.util.Base64;

/** A transaction of Solana, byte by byte: it has a key or no form. */
public final class ExactSvmPayloadFuzz {
    private static final Kind KIND = new Kind("exact", Network.parse("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1"));
    private static final PaymentScheme SCHEME = Seller.plugins().scheme(KIND).orElseThrow();
    private static final PaymentRequirements OFFER = PaymentRequirements.of(
            KIND,
            AtomicAmount.of(10_000),
            "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU",
            "2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4",
            60,
            Json.Obj.EMPTY.with("feePayer", "EwWqGE4ZFKLofuestmU4LDdK7XM1N4ALgdZccwYugwGd"));

    private ExactSvmPayloadFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = data.length > 0 && data[0] == '='
                ? Decoding.text(data).substring(1)
                : Base64.getEncoder().encodeToString(data);
        Payment payment = Payment.of(PaymentPayload.of(null, OFFER, Json.Obj.EMPTY.with("transaction", text)), OFFER);
        try {
            Decoding.same(SCHEME.key(payment), SCHEME.key(payment));
        } catch (MalformedMessageException refusal) {
            Decoding.readable(refusal);
        }
    }
}
