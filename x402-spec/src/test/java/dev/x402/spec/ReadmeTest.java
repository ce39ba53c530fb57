package dev.x402.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The code that the README shows. */
final class ReadmeTest {
    @Test
    void a_challenge_is_read_and_answered() {
        PaymentRequirements asked = PaymentRequirements.of(
                new Kind("exact", Network.parse("eip155:84532")),
                AtomicAmount.parse("10000"),
                "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
                "0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
                60,
                Json.Obj.EMPTY);
        String header = Codec.PAYMENT_REQUIRED.writeHeader(
                PaymentRequired.of(null, ResourceInfo.of("https://shop.example/"), List.of(asked)));
        Json.Obj proof = Json.Obj.EMPTY.with("signature", "0x01");

        // snippet: use
        PaymentRequired challenge = Codec.PAYMENT_REQUIRED.readHeader(header); // HeaderNames.PAYMENT_REQUIRED
        PaymentRequirements offer = challenge.accepts().get(0);
        PaymentPayload payment = PaymentPayload.of(challenge.resource(), offer, proof);
        String answer = Codec.PAYMENT_PAYLOAD.writeHeader(payment); // HeaderNames.PAYMENT_SIGNATURE
        // end: use

        assertEquals(asked, offer);
        assertEquals(payment, Codec.PAYMENT_PAYLOAD.readHeader(answer));
    }
}
