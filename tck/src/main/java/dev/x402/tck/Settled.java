package dev.x402.tck;

import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import java.time.Duration;

/** Receipts of honest payments. */
final class Settled {
    private static final int HOURS = 100;

    private Settled() {}

    /** The receipt of a settlement that must succeed. */
    static Receipt receipt(Bench bench, Payment payment) {
        bench.doing("settled an honest payment");
        Settlement settlement = bench.settle(payment);
        if (settlement instanceof Settlement.Settled settled) {
            return settled.receipt();
        }
        throw new RuleViolation("settled an honest payment", "Settled", Bench.told(settlement));
    }

    /** Asks by the hour until the answer is such a one, for some days. */
    static Settlement until(Bench bench, Payment payment, Class<? extends Settlement> wanted) {
        Settlement answer = bench.facilitator().settle(payment, bench.by());
        for (int i = 0; i < HOURS && !wanted.isInstance(answer); i++) {
            bench.pass(Duration.ofHours(1));
            answer = bench.facilitator().settle(payment, bench.by());
        }
        return answer;
    }

    /** The receipt of a settlement that the rule takes for granted. */
    static Receipt granted(Bench bench, Payment payment) {
        Settlement settlement = bench.control("settling an honest payment", () -> bench.settle(payment));
        if (settlement instanceof Settlement.Settled settled) {
            return settled.receipt();
        }
        throw Unjudged.inconclusive("settling an honest payment ended as " + Bench.told(settlement));
    }
}
