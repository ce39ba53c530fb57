// snippet: file
package org.example;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import java.time.Instant;
import java.util.Optional;

/** The payee offers only what can be paid. */
record PebbleServer(SchemeContext context) implements SchemeServer {
    @Override
    public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
        problem(draft, context).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return draft;
    }

    /** What is wrong with an offer, whoever pays it. */
    static Optional<String> problem(PaymentRequirements offer, SchemeContext context) {
        if (!offer.scheme().equals("exact") || !offer.network().equals(Pebble.BEACH)) {
            return Optional.of("kind: expected exact on " + Pebble.BEACH + ", saw " + offer.kind());
        }
        if (!offer.payTo().matches(Pebble.ACCOUNT)) {
            return Optional.of("payTo: expected 3 to 9 letters a to z");
        }
        if (context.asset(offer.assetId()).isEmpty()) {
            return Optional.of("asset: expected a registered one, saw another");
        }
        return offer.amount().isZero() ? Optional.of("amount: expected 1 or more, saw 0") : Optional.empty();
    }
}
// end: file
