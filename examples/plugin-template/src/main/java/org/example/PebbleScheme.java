// snippet: file
package org.example;

import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.util.Optional;

/** The scheme exact on Pebble. */
public final class PebbleScheme implements PaymentScheme {
    @Override
    public String name() {
        return "exact";
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.of(Pebble.BEACH);
    }

    /** What the bank uses up: a payer's note. */
    @Override
    public PaymentKey key(Payment payment) {
        Order order = Order.of(payment);
        return new PaymentKey(Pebble.BEACH + "/" + order.from() + "/" + order.note());
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return context.port(PebblePurse.class).map(purse -> new PebbleClient(purse, context));
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new PebbleServer(context));
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return context.port(PebbleBank.class).map(bank -> new PebbleFacilitator(bank, context));
    }
}
// end: file
