package dev.x402.core.payer;

import dev.x402.spec.AssetId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an offer must fulfil. */
sealed interface Condition {
    boolean allows(Candidate candidate);

    /** Why the offer is not allowed, with the line that says so. */
    String refusal(Candidate candidate);

    /** Refuses what has none of the words. */
    record Only(Rule rule, List<Term> terms) implements Condition {
        @Override
        public boolean allows(Candidate candidate) {
            for (int i = 0; i < terms.size(); i++) {
                if (terms.get(i).matches(candidate)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String refusal(Candidate candidate) {
            return '"' + rule.toString() + "\": " + Fact.of(terms.get(0), candidate);
        }
    }

    /** Refuses what may have one of the words. */
    record Avoid(Rule rule, List<Term> terms) implements Condition {
        @Override
        public boolean allows(Candidate candidate) {
            for (int i = 0; i < terms.size(); i++) {
                if (!terms.get(i).excludes(candidate)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String refusal(Candidate candidate) {
            Term hit = terms.stream()
                    .filter(term -> !term.excludes(candidate))
                    .findFirst()
                    .orElseThrow();
            return '"' + rule.toString() + "\": " + Fact.of(hit, candidate);
        }
    }

    /** Refuses what is not covered by a limit, and what is above one. */
    record Limits(List<Limit> limits) implements Condition {
        @Override
        public boolean allows(Candidate candidate) {
            boolean covered = false;
            for (int i = 0; i < limits.size(); i++) {
                Limit limit = limits.get(i);
                if (limit.covers(candidate)) {
                    if (limit.isBelow(candidate)) {
                        return false;
                    }
                    covered = true;
                }
            }
            return covered;
        }

        @Override
        public String refusal(Candidate candidate) {
            return limits.stream()
                    .filter(limit -> limit.covers(candidate) && limit.isBelow(candidate))
                    .findFirst()
                    .map(limit -> '"' + limit.rule().toString() + "\": it asks " + limit.asked(candidate))
                    .orElseGet(() -> limits.stream()
                                    .map(limit -> '"' + limit.rule().toString() + '"')
                                    .collect(Collectors.joining(" and "))
                            + (limits.size() == 1 ? " does" : " do") + " not limit it: " + Fact.ofAsset(candidate));
        }
    }

    /** The most of what a term means. */
    record Limit(Rule rule, Term term, MoneyTerm most, BigDecimal units) {
        boolean covers(Candidate candidate) {
            return term.matches(candidate)
                    && (most.isAtomic() || candidate.asset().isPresent());
        }

        boolean isBelow(Candidate candidate) {
            return units(candidate).compareTo(units) > 0;
        }

        private BigDecimal units(Candidate candidate) {
            return most.isAtomic()
                    ? new BigDecimal(candidate.offer().amount().value())
                    : candidate.asset().orElseThrow().toUnits(candidate.offer().amount());
        }

        String asked(Candidate candidate) {
            return Cost.plain(units(candidate)) + " " + Shown.of(most.unit());
        }
    }

    /** Refuses what no asset source knows, unless a line names it. */
    record Known(Set<AssetId> named) implements Condition {
        @Override
        public boolean allows(Candidate candidate) {
            return candidate.asset().isPresent() || named.contains(candidate.assetId());
        }

        @Override
        public String refusal(Candidate candidate) {
            return Fact.ofAsset(candidate) + " and no line names it";
        }
    }
}
