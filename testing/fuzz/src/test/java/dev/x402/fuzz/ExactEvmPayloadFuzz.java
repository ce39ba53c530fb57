package dev.x402.fuzz;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;

/** What an EVM payer signed: it has a key or no form, and while the chain is down nothing is valid. */
public final class ExactEvmPayloadFuzz {
    private static final Plugins PLUGINS = Seller.plugins();
    private static final PaymentScheme SCHEME = PLUGINS.scheme(Seller.KIND).orElseThrow();
    private static final SchemeFacilitator FACILITATOR = PLUGINS.facilitator(Seller.KIND);
    private static final PaymentRequirements OFFER = PaymentRequirements.of(
            Seller.KIND,
            AtomicAmount.of(10_000),
            Seller.TOKEN,
            Seller.PAYEE,
            60,
            Json.Obj.EMPTY.with("name", "USDC").with("version", "2"));

    private ExactEvmPayloadFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (Decoding.body(Codec.JSON, data).orElse(Json.Null.NULL) instanceof Json.Obj payload) {
            Payment payment = Payment.of(PaymentPayload.of(null, OFFER, payload), OFFER);
            try {
                Decoding.same(SCHEME.key(payment), SCHEME.key(payment));
            } catch (MalformedMessageException refusal) {
                Decoding.readable(refusal);
                return;
            }
            Verification seen =
                    FACILITATOR.verify(payment, Seller.CLOCK.instant().plusSeconds(1));
            Decoding.same(false, seen instanceof Verification.Valid);
        }
    }
}
