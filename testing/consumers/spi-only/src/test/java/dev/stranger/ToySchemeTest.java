package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stranger.ToyScheme.ToyPurse;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.plugins.Plugins;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ToySchemeTest {
    private static final PaymentRequirements OFFER = PaymentRequirements.of(
            new Kind("exact", Network.parse("toy:1")), AtomicAmount.parse("5"), "coin", "baker", 60, Json.Obj.EMPTY);

    @Test
    void the_registry_finds_the_plugin_and_hands_it_its_purse() {
        ToyPurse purse = (payTo, amount, nonce) -> payTo + "/" + amount + "/" + nonce;
        PayContext terms = new PayContext(Json.Obj.EMPTY, AtomicAmount.parse("5"), Instant.EPOCH);
        SchemePayload proof;
        // snippet: registry
        try (Plugins plugins = Plugins.builder().discover().port(ToyPurse.class, purse).build()) {
            SchemeClient client = plugins.client(new Kind("exact", Network.parse("toy:1")));
            proof = client.pay(OFFER, terms);
        }
        // end: registry
        String nonce = proof.payload().cursor().member("nonce").id();
        assertEquals("baker/5/" + nonce, proof.payload().cursor().member("signature").text());
        Payment payment = Payment.of(PaymentPayload.of(null, OFFER, proof.payload()), OFFER);
        assertEquals("toy:1/" + nonce, new ToyScheme().key(payment).value());
    }
}
