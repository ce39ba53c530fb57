package dev.x402.http;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import java.nio.charset.StandardCharsets;

/** Messages of a toy scheme. */
public final class Toys {
    public static final Network NETWORK = Network.parse("toy:one");
    public static final Kind KIND = new Kind("exact", NETWORK);
    public static final String URL = "https://seller.example/paid";
    public static final PaymentRequirements OFFER =
            PaymentRequirements.of(KIND, AtomicAmount.of(25), "coin", "payee", 60, Json.Obj.EMPTY);

    private Toys() {}

    public static PaymentPayload payload(String nonce) {
        return PaymentPayload.of(ResourceInfo.of(URL), OFFER, Json.Obj.EMPTY.with("nonce", nonce));
    }

    public static Payment payment(String nonce) {
        return Payment.of(payload(nonce), OFFER);
    }

    public static Receipt receipt(String reference) {
        return new Receipt(reference, "payer", AtomicAmount.of(25), Json.Obj.EMPTY);
    }

    public static String request(String nonce) {
        return new String(
                Codec.FACILITATOR_REQUEST.write(new FacilitatorRequest(payload(nonce), OFFER, Json.Obj.EMPTY)),
                StandardCharsets.UTF_8);
    }
}
