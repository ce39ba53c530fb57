package dev.x402.core.payer;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentRequired;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks in order, assets in order with a maximum each, the lower amount last. */
record OrderedPreference(List<NetworkPattern> networks, Map<AssetId, AtomicAmount> most) implements OfferPolicy {
    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparingInt(Ranked::network)
            .thenComparingInt(Ranked::asset)
            .thenComparing(Ranked::amount);

    @Override
    public Choice choose(String url, PaymentRequired challenge, List<Candidate> payable) {
        List<AssetId> assets = List.copyOf(most.keySet());
        List<Ranked> ranked = new ArrayList<>();
        Map<Candidate, String> why = new LinkedHashMap<>();
        for (Candidate candidate : payable) {
            int network = rank(candidate);
            AtomicAmount limit = most.get(candidate.assetId());
            if (network < 0) {
                why.put(candidate, "network is in none of " + networks);
            } else if (limit == null) {
                why.put(candidate, "asset " + candidate.assetId() + " is not allowed");
            } else if (candidate.offer().amount().compareTo(limit) > 0) {
                why.put(candidate, "amount is above " + limit);
            } else {
                ranked.add(new Ranked(candidate, network, assets.indexOf(candidate.assetId())));
            }
        }
        ranked.sort(BEST_FIRST);
        for (int i = 0; i < ranked.size(); i++) {
            why.put(
                    ranked.get(i).candidate(),
                    "preference " + (i + 1) + ": network "
                            + networks.get(ranked.get(i).network()));
        }
        return new Choice(ranked.stream().map(Ranked::candidate).toList(), why);
    }

    private int rank(Candidate candidate) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).matches(candidate.offer().network())) {
                return i;
            }
        }
        return -1;
    }

    private record Ranked(Candidate candidate, int network, int asset) {
        AtomicAmount amount() {
            return candidate.offer().amount();
        }
    }
}
