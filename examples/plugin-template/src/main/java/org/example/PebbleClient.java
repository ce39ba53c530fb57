// snippet: file
package org.example;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import java.time.Instant;
import java.util.HexFormat;

/** The payer signs the offer and nothing else. */
record PebbleClient(PebblePurse purse, SchemeContext context) implements SchemeClient {
    @Override
    public boolean canPay(PaymentRequirements offer) {
        return PebbleServer.problem(offer, context).isEmpty()
                && !offer.payTo().equals(purse.account());
    }

    @Override
    public SchemePayload pay(PaymentRequirements offer, PayContext terms) {
        if (!canPay(offer) || offer.amount().compareTo(terms.ceiling()) > 0) {
            throw new IllegalArgumentException("offer: expected one that canPay said yes to, within the ceiling");
        }
        byte[] note = new byte[16];
        context.random().nextBytes(note);
        long until = context.clock().instant().getEpochSecond() + Math.min(offer.maxTimeoutSeconds(), 600);
        Order order = new Order(
                purse.account(),
                offer.payTo(),
                offer.asset(),
                offer.amount(),
                HexFormat.of().formatHex(note),
                AtomicAmount.of(until),
                "");
        return new SchemePayload(order.sign(purse).toJson(), Json.Obj.EMPTY, Instant.ofEpochSecond(until));
    }

    @Override
    public String toString() {
        return "PebbleClient[" + purse.account() + "]";
    }
}
// end: file
