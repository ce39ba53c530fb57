package dev.x402.scheme.ach;

import java.util.Locale;
import java.util.Optional;

/** Where the money of a payment comes from, and so how final it is; the seller's word in an offer. */
public enum Funding {
    /** From what the payer put in before: final at once. */
    PREFUNDED,
    /** By a debit that the bank guarantees up to an amount: final for the payee once the bank took it. */
    GUARANTEED,
    /** By a debit: settled on the settlement date, and returnable for a while after it. */
    DEBIT;

    /** The word of {@code extra.funding}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Funding> find(String word) {
        for (Funding funding : values()) {
            if (funding.word().equals(word)) {
                return Optional.of(funding);
            }
        }
        return Optional.empty();
    }
}
