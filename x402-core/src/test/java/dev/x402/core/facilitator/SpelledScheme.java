package dev.x402.core.facilitator;

import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import java.util.Optional;

/** A scheme whose key is the spelling of the signature as well: the mistake of row 18. */
record SpelledScheme(ToyScheme scheme) implements PaymentScheme {
    @Override
    public String name() {
        return scheme.name();
    }

    @Override
    public NetworkPattern networks() {
        return scheme.networks();
    }

    @Override
    public PaymentKey key(Payment payment) {
        return new PaymentKey(
                scheme.key(payment) + "/" + ToyScheme.Terms.of(payment).signature());
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return scheme.facilitator(context);
    }
}
