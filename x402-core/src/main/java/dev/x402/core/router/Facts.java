package dev.x402.core.router;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a facilitator that could take a payment.
 *
 * @param name of the facilitator
 * @param place in the order of adding
 * @param fee for this payment, in whole units of its asset; empty when it was not declared or cannot be compared
 * @param latency measured, the newer the weightier; empty before the first answer
 * @param health how many of a thousand calls went well, the newer the weightier
 */
record Facts(String name, int place, Optional<BigDecimal> fee, Optional<Duration> latency, int health) {
    /** In steps of a tenth, so that one stumble changes no order. */
    int tenths() {
        return (health + 50) / 100;
    }

    @Override
    public String toString() {
        return fee.map(amount -> "fee " + amount.toPlainString()).orElse("no fee known")
                + latency.map(time -> ", answers in " + time.toMillis() + " ms").orElse(", not measured yet")
                + ", " + (health + 5) / 10 + " % of its calls went well";
    }
}
