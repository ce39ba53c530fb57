package dev.x402.core.payer;

import dev.x402.spec.PaymentRequirements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was found about each offer of a challenge, in its order. */
final class Findings {
    private static final int MOST_LOGGED = 16;

    private final List<PaymentRequirements> offers;
    private final @Nullable Candidate[] candidates;
    private final @Nullable String[] why;
    private final Standing[] standings;

    Findings(List<PaymentRequirements> offers) {
        this.offers = offers;
        this.candidates = new @Nullable Candidate[offers.size()];
        this.why = new @Nullable String[offers.size()];
        this.standings = new Standing[offers.size()];
        Arrays.fill(standings, Standing.REFUSED);
    }

    void isPayable(int offer, Candidate candidate) {
        candidates[offer] = candidate;
    }

    void isNotPayable(int offer, String obstacle) {
        why[offer] = obstacle;
    }

    /** The offers that can be paid, in the order of the challenge. */
    List<Candidate> payable() {
        List<Candidate> payable = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate != null) {
                payable.add(candidate);
            }
        }
        return payable;
    }

    /** Writes down what a policy says of them. */
    void judge(Choice choice) {
        for (int i = 0; i < candidates.length; i++) {
            Candidate candidate = candidates[i];
            if (candidate != null) {
                String reason = choice.why(candidate);
                why[i] = reason == null || reason.isBlank() ? "refused by the policy without a reason" : reason;
            }
        }
        Set<Candidate> preferred = new HashSet<>(choice.preferred());
        preferred.forEach(this::indexOf);
        for (int i = 0; i < candidates.length; i++) {
            standings[i] = preferred.contains(candidates[i]) ? Standing.ALLOWED : Standing.REFUSED;
        }
    }

    void chooseFirst(Choice choice) {
        choice.preferred().stream().findFirst().ifPresent(this::choose);
    }

    void choose(Candidate candidate) {
        standings[indexOf(candidate)] = Standing.CHOSEN;
    }

    /** Also what is offered a second time in the very same words. */
    void refuse(Candidate candidate, String reason) {
        for (int i = 0; i < candidates.length; i++) {
            if (candidate.equals(candidates[i])) {
                standings[i] = Standing.REFUSED;
                why[i] = reason;
            }
        }
    }

    private int indexOf(Candidate candidate) {
        int index = Arrays.asList(candidates).indexOf(candidate);
        if (index < 0) {
            throw new IllegalStateException("offer policy: expected candidates that it was given, saw another on "
                    + candidate.offer().kind());
        }
        return index;
    }

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>(offers.size());
        for (int i = 0; i < offers.size(); i++) {
            Candidate candidate = candidates[i];
            String reason = why[i];
            verdicts.add(new Verdict(
                    offers.get(i),
                    candidate == null ? Candidate.asks(offers.get(i)) : candidate.asks(),
                    standings[i],
                    reason == null ? "" : reason));
        }
        return verdicts;
    }

    /** The verdicts in one line; only so many of them. */
    static String inOneLine(List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return "nothing was offered";
        }
        StringBuilder line = new StringBuilder();
        for (Verdict verdict : verdicts.subList(0, Math.min(MOST_LOGGED, verdicts.size()))) {
            line.append(line.length() == 0 ? "" : "; ").append(verdict);
        }
        int more = verdicts.size() - MOST_LOGGED;
        return (more > 0 ? line.append("; and ").append(more).append(" more") : line).toString();
    }
}
