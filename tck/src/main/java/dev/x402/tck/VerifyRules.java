package dev.x402.tck;

import dev.x402.spi.Payment;
import dev.x402.spi.Verification;

/** Rules for verifying, by a scheme's facilitator or by any facilitator over HTTP. */
public interface VerifyRules extends RuleKit {
    /** An honest payment is valid. */
    @SpecRule(
            id = "X402-VERIFY-01",
            level = Level.MUST,
            spec = "v2 §6.1.2",
            derived = "a payment that passes every step of the verification would settle, so it is valid",
            intent = "an honest payment is valid and names its payer",
            does = "pays the offer and verifies the payment as it was sent",
            causes = {"the payer's and the facilitator's side encode a field differently", "the payer is not canonical"
            },
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_01_anHonestPaymentIsValid(Bench bench) {
        Payment payment = bench.pay();
        bench.doing("paid the offer and verified the payment");
        Verification verification = bench.verify(payment);
        String payer = bench.fixture().payer();
        bench.check(
                verification instanceof Verification.Valid valid
                        && valid.payer().equals(payer),
                "paid the offer and verified the payment",
                "Valid(payer=" + payer + ")",
                Bench.told(verification));
    }
}
