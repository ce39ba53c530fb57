package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import java.math.BigInteger;

/** Payments by somebody who does not have the money. */
final class Poor {
    private Poor() {}

    /** A payment of 1 more than the payer has. */
    static Payment payment(Bench bench) {
        BigInteger lacking = bench.balance(bench.fixture().payer()).add(BigInteger.ONE);
        PaymentRequirements dear = bench.control(
                "completing a dear offer",
                () -> bench.complete(bench.fixture().offer().withAmount(new AtomicAmount(lacking))));
        return bench.control("signing a dear offer", () -> bench.wrap(bench.sign(dear), dear));
    }
}
