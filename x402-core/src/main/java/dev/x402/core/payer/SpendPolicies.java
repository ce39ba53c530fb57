package dev.x402.core.payer;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.SettleResponse;
import java.time.Instant;

/** Ready spend policies. */
public final class SpendPolicies {
    private SpendPolicies() {}

    /** Whatever the offer policy allows, payment by payment; keeps no sum. */
    public static SpendPolicy perPayment() {
        return PerPayment.EACH;
    }

    /** Whether a policy lets every payment pass. */
    static boolean isUnlimited(SpendPolicy policy) {
        return policy == PerPayment.EACH;
    }

    private enum PerPayment implements SpendPolicy {
        EACH;

        @Override
        public Answer reserve(String url, Candidate candidate) {
            return new Answer.Granted(new Unlimited(candidate.offer().amount()));
        }
    }

    private record Unlimited(AtomicAmount ceiling) implements SpendPolicy.Hold {
        @Override
        public void release() {}

        @Override
        public void commit(Instant liveUntil) {}

        @Override
        public void receipt(SettleResponse receipt) {}
    }
}
