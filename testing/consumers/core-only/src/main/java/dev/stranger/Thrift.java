package dev.stranger;

import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Candidate;
import dev.x402.core.payer.OfferPolicy;
import dev.x402.spec.AssetId;
import dev.x402.spi.plugins.Plugins;
import java.util.List;

/** A buyer's policy: pennies, and at most ten of them. */
public final class Thrift {
    private Thrift() {}

    /** The policy for one asset. */
    public static OfferPolicy tenOf(AssetId penny) {
        return BuyerPolicy.parse("cheapest", "at most 10 atomic " + penny + " per payment")
                .with(Plugins.builder().build());
    }

    static List<Candidate> chosen(OfferPolicy policy, dev.x402.spec.PaymentRequired challenge, Candidate... payable) {
        return policy.choose("https://shop.example/", challenge, List.of(payable)).preferred();
    }
}
