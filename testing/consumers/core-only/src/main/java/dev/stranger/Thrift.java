package dev.stranger;

import dev.x402.core.payer.Candidate;
import dev.x402.core.payer.OfferPolicies;
import dev.x402.core.payer.OfferPolicy;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.NetworkPattern;
import java.util.List;
import java.util.Map;

/** A buyer's policy: pennies, and at most ten of them. */
public final class Thrift {
    private Thrift() {}

    /** The policy for one asset. */
    public static OfferPolicy tenOf(AssetId penny) {
        return OfferPolicies.prefer(
                List.of(NetworkPattern.parse("town:*")), Map.of(penny, AtomicAmount.parse("10")));
    }

    static List<Candidate> chosen(OfferPolicy policy, dev.x402.spec.PaymentRequired challenge, Candidate... payable) {
        return policy.choose("https://shop.example/", challenge, List.of(payable)).preferred();
    }
}
