package dev.x402.core.payer;

import dev.x402.spi.Asset;
import java.math.BigDecimal;

/** What an offer costs in the currency of its asset; prices in two currencies are never compared. */
record Cost(BigDecimal units, String currency) {
    static Cost of(Candidate candidate) {
        if (candidate.asset().isEmpty()) {
            return new Cost(
                    new BigDecimal(candidate.offer().amount().value()),
                    candidate.assetId().toString());
        }
        Asset asset = candidate.asset().get();
        return new Cost(
                asset.toUnits(candidate.offer().amount()),
                asset.currency().isEmpty() ? asset.id().toString() : asset.currency());
    }

    boolean isComparedWith(Cost other) {
        return currency.equals(other.currency);
    }

    boolean isBelow(Cost other) {
        return isComparedWith(other) && units.compareTo(other.units) < 0;
    }

    static String plain(BigDecimal units) {
        return units.signum() == 0 ? "0" : units.stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return plain(units) + " " + Shown.of(currency);
    }
}
