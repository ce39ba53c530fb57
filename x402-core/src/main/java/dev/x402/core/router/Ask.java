package dev.x402.core.router;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import java.util.Optional;

/** What a facilitator is wanted for; asset and amount are empty while only the kind is asked about. */
record Ask(Kind kind, Optional<AssetId> asset, Optional<AtomicAmount> amount) {
    static Ask of(Kind kind) {
        return new Ask(kind, Optional.empty(), Optional.empty());
    }

    static Ask of(PaymentRequirements terms) {
        return new Ask(terms.kind(), Optional.of(terms.assetId()), Optional.of(terms.amount()));
    }

    /** Spellings of one address differ in case alone. */
    boolean isFor(AssetId wanted) {
        return asset.filter(seen -> seen.network().equals(wanted.network())
                        && seen.reference().equalsIgnoreCase(wanted.reference()))
                .isPresent();
    }

    @Override
    public String toString() {
        return kind + asset.map(id -> " in " + id.reference()).orElse("");
    }
}
