package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;

/**
 * What a policy made of the offers.
 *
 * @param preferred the offers that may be paid, the best first; the next is tried when the budget refuses one
 * @param reasons for a candidate, why it stands where it stands or is refused; asked only when somebody wants to know
 */
public record Choice(List<Candidate> preferred, Function<Candidate, String> reasons) {
    public Choice {
        preferred = List.copyOf(preferred);
        requireNonNull(reasons, "reasons");
    }

    /** Why the candidate stands where it stands, or is refused. */
    public String why(Candidate candidate) {
        return reasons.apply(candidate);
    }
}
