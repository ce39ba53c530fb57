package dev.stranger;

import com.google.auto.service.AutoService;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import java.util.Optional;

// snippet: plugin
@AutoService(PaymentScheme.class)
public final class ToyScheme implements PaymentScheme {
    /** The plugin's own port: the application gives it, the plugin asks for it. */
    public interface ToyPurse {
        String sign(String payTo, AtomicAmount amount, String nonce);
    }

    @Override
    public String name() {
        return "exact";
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.parse("toy:*");
    }

    @Override
    public PaymentKey key(Payment payment) {
        String nonce = payment.payload().payloadCursor().member("nonce").id();
        return new PaymentKey(payment.kind().network() + "/" + nonce);
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return context.port(ToyPurse.class).map(purse -> new SchemeClient() {
            @Override
            public boolean canPay(PaymentRequirements offer) {
                return true;
            }

            @Override
            public SchemePayload pay(PaymentRequirements offer, PayContext terms) {
                if (offer.amount().compareTo(terms.ceiling()) > 0) {
                    throw new IllegalArgumentException("amount: expected at most the ceiling");
                }
                String nonce = Long.toHexString(context.random().nextLong());
                Json.Obj payload = Json.Obj.EMPTY
                        .with("nonce", nonce)
                        .with("signature", purse.sign(offer.payTo(), offer.amount(), nonce));
                return new SchemePayload(
                        payload, Json.Obj.EMPTY, context.clock().instant().plusSeconds(60));
            }
        });
    }
}
// end: plugin
