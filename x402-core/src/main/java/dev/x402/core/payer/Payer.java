package dev.x402.core.payer;

/**
 * The buyer's side: chooses an offer by policy and signs it once.
 *
 * <p>The only place that asks a scheme for a signature. Immutable, safe for threads.
 */
public final class Payer {
    private Payer() {}

    /** Begins to buy what stands at this address. */
    public PaymentIntent intent(String url) {
        return new PaymentIntent() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public Purchase pay(dev.x402.spec.PaymentRequired required, java.time.Instant by) {
                return new Purchase.Refused(java.util.List.of(), false);
            }

            @Override
            public void receipt(dev.x402.spec.SettleResponse receipt) {}
        };
    }
}
