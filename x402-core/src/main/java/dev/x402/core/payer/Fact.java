package dev.x402.core.payer;

import dev.x402.core.Flow;
import dev.x402.spi.Asset;

/** What is so about an offer, in the words of an explanation. */
final class Fact {
    private Fact() {}

    static String of(Term term, Candidate candidate) {
        return switch (term.subject()) {
            case SCHEME -> "its scheme is " + Shown.of(candidate.offer().scheme());
            case FLOW ->
                Flow.of(candidate.offer())
                        .map(flow -> "its flow is " + flow.word())
                        .orElse("its flow is none that is known");
            case PAYEE -> "its payee is " + Shown.of(candidate.offer().payTo());
            case NETWORK -> ofNetwork(candidate);
            default -> ofAsset(candidate);
        };
    }

    static String ofNetwork(Candidate candidate) {
        return candidate
                .network()
                .map(rail -> "its network is " + rail.name() + " (" + rail.id() + "), a "
                        + (rail.testnet() ? "testnet" : "mainnet"))
                .orElseGet(
                        () -> "no rail knows its network " + candidate.offer().network());
    }

    static String ofAsset(Candidate candidate) {
        return candidate
                .asset()
                .map(Fact::ofAsset)
                .orElseGet(() -> "no asset source knows its asset "
                        + Shown.of(candidate.assetId().toString()));
    }

    private static String ofAsset(Asset asset) {
        return "its asset is " + asset.symbol() + ", which stands for "
                + (asset.currency().isEmpty() ? "no currency" : asset.currency());
    }
}
