package dev.x402.core.payer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a policy says of every offer of a challenge.
 *
 * @param verdicts one per offer, in the order of the challenge
 */
public record Explanation(List<Verdict> verdicts) {
    public Explanation {
        verdicts = List.copyOf(verdicts);
    }

    /** The offer that would be paid; empty when none may be. */
    public Optional<Verdict> chosen() {
        return verdicts.stream().filter(Verdict::chosen).findFirst();
    }

    /** One line for each offer; one line when there is none. */
    @Override
    public String toString() {
        return verdicts.isEmpty()
                ? "nothing was offered"
                : verdicts.stream().map(Verdict::toString).collect(Collectors.joining("\n"));
    }
}
