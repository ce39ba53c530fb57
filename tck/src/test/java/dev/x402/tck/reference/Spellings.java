package dev.x402.tck.reference;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spi.Payment;

/** A spelling and a forgery that only the ledger's own author would think of. */
final class Spellings {
    private static final String SHOUT = "shout";
    private static final Json LONG_OVER = Json.of(7);

    private Spellings() {}

    static Payment shouted(Payment honest) {
        return with(honest, honest.payload().payload().with(SHOUT, "!"));
    }

    static Payment forged(Payment honest) {
        Json.Obj proof = honest.payload().payload();
        Json.Obj authorization = (Json.Obj) proof.find("authorization").orElse(Json.Obj.EMPTY);
        return with(honest, proof.with("authorization", authorization.with("validBefore", LONG_OVER)));
    }

    static boolean isShouted(Payment payment) {
        return payment.payload().payload().find(SHOUT).isPresent();
    }

    static boolean isForged(Payment payment) {
        return payment.payload().payload().find("authorization").orElse(Json.Null.NULL) instanceof Json.Obj obj
                && obj.find("validBefore").filter(LONG_OVER::equals).isPresent();
    }

    private static Payment with(Payment honest, Json.Obj proof) {
        PaymentPayload sent = honest.payload();
        return Payment.of(PaymentPayload.of(sent.resource(), sent.accepted(), proof), honest.requirements());
    }
}
