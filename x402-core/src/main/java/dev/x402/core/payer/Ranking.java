package dev.x402.core.payer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The offers in the order of a policy; why is found only when it is asked. */
final class Ranking {
    private final List<Condition> conditions;
    private final List<Criterion> criteria;
    private final Optional<String> hostRefusal;
    private final List<Candidate> offers;
    private final List<Candidate> allowed = new ArrayList<>();
    private final long[][] scores;

    Ranking(
            List<Condition> conditions,
            List<Criterion> criteria,
            Optional<String> hostRefusal,
            List<Candidate> offers) {
        this.conditions = conditions;
        this.criteria = criteria;
        this.hostRefusal = hostRefusal;
        this.offers = List.copyOf(offers);
        List<Candidate> passed = new ArrayList<>(offers.size());
        if (hostRefusal.isEmpty()) {
            for (Candidate offer : this.offers) {
                if (passes(offer)) {
                    passed.add(offer);
                }
            }
        }
        scores = ordered(passed);
    }

    private boolean passes(Candidate offer) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).allows(offer)) {
                return false;
            }
        }
        return true;
    }

    /** Fills {@code allowed}, the best first, and gives the scores in the same order. */
    private long[][] ordered(List<Candidate> passed) {
        int count = passed.size();
        int[] classes = new int[count];
        long[][] found = new long[count][criteria.size()];
        for (int c = 0; c < criteria.size() && count > 1; c++) {
            Criterion criterion = criteria.get(c);
            long[] column =
                    criterion instanceof Criterion.Cheapest ? cheaper(passed, classes) : column(criterion, passed);
            for (int i = 0; i < count; i++) {
                found[i][c] = column[i];
            }
            classes = refined(classes, column);
        }
        Integer[] order = new Integer[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        int[] last = classes;
        Arrays.sort(order, (a, b) -> {
            int by = Integer.compare(last[a], last[b]);
            return by != 0
                    ? by
                    : Canonical.ORDER.compare(
                            passed.get(a).offer(), passed.get(b).offer());
        });
        long[][] sorted = new long[count][];
        for (int i = 0; i < count; i++) {
            allowed.add(passed.get(order[i]));
            sorted[i] = found[order[i]];
        }
        return sorted;
    }

    private static long[] column(Criterion criterion, List<Candidate> passed) {
        long[] column = new long[passed.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = criterion.score(passed.get(i));
        }
        return column;
    }

    /** For each offer, how many of its class cost less in its currency. */
    private static long[] cheaper(List<Candidate> passed, int[] classes) {
        long[] column = new long[passed.size()];
        Cost[] costs = new Cost[column.length];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = Cost.of(passed.get(i));
        }
        for (int i = 0; i < costs.length; i++) {
            for (int j = 0; j < i; j++) {
                if (classes[i] == classes[j] && costs[i].isComparedWith(costs[j])) {
                    int by = costs[i].units().compareTo(costs[j].units());
                    column[i] += by > 0 ? 1 : 0;
                    column[j] += by < 0 ? 1 : 0;
                }
            }
        }
        return column;
    }

    /** The classes, each divided by the score; the number of offers before it names a class. */
    private static int[] refined(int[] classes, long[] column) {
        int[] refined = classes.clone();
        for (int i = 0; i < classes.length; i++) {
            for (int j = 0; j < classes.length; j++) {
                if (classes[j] == classes[i] && column[j] < column[i]) {
                    refined[i]++;
                }
            }
        }
        return refined;
    }

    List<Candidate> preferred() {
        return allowed;
    }

    String why(Candidate candidate) {
        int place = allowed.indexOf(candidate);
        if (place >= 0) {
            return whyAllowed(place);
        }
        if (hostRefusal.isPresent()) {
            return hostRefusal.get();
        }
        String broken = conditions.stream()
                .filter(condition -> !condition.allows(candidate))
                .map(condition -> condition.refusal(candidate))
                .collect(Collectors.joining("; "));
        return broken.isEmpty() ? "it was not among the offers" : broken;
    }

    private String whyAllowed(int place) {
        if (allowed.size() == 1) {
            return "the only offer that the policy allows";
        }
        String decision = place == 0
                ? "first of " + allowed.size() + " by " + reason(0, 1)
                : "place " + (place + 1) + " of " + allowed.size() + ", after one that is better by "
                        + reason(place - 1, place);
        return decision + incomparable(place);
    }

    private String reason(int better, int other) {
        for (int c = 0; c < criteria.size(); c++) {
            if (scores[better][c] != scores[other][c]) {
                return criteria.get(c).reason(allowed.get(better), allowed.get(other));
            }
        }
        return "the order of network, scheme, asset, payee and amount, as nothing else tells them apart";
    }

    /** With which prices a price was not compared, though the policy asks for the cheapest. */
    private String incomparable(int place) {
        boolean asked = criteria.stream()
                .anyMatch(one -> one instanceof Criterion.Cheapest cheapest
                        && cheapest.rule().isPresent());
        if (!asked) {
            return "";
        }
        Cost own = Cost.of(allowed.get(place));
        Set<String> others = new LinkedHashSet<>();
        for (Candidate other : allowed) {
            Cost cost = Cost.of(other);
            if (!cost.isComparedWith(own)) {
                others.add(Shown.of(cost.currency()));
            }
        }
        return others.isEmpty()
                ? ""
                : "; its price in " + Shown.of(own.currency()) + " was not compared with prices in "
                        + others.stream().sorted(Comparator.naturalOrder()).collect(Collectors.joining(", "));
    }
}
