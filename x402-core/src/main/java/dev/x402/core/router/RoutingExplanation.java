package dev.x402.core.router;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why an offer is made for one facilitator and not for another.
 *
 * @param subject what was asked, such as {@code exact on eip155:8453 in 0x8335…}
 * @param policy the rules, as words
 * @param verdicts on each facilitator, the best first
 */
public record RoutingExplanation(String subject, String policy, List<Verdict> verdicts) {
    public RoutingExplanation {
        requireNonNull(subject, "subject");
        requireNonNull(policy, "policy");
        verdicts = List.copyOf(verdicts);
    }

    /** The name of the one that an offer is made for now. */
    public Optional<String> chosen() {
        return verdicts.stream()
                .filter(verdict -> verdict.standing() == Standing.CHOSEN)
                .map(Verdict::name)
                .findFirst();
    }

    /** One line for what was asked, and one for each facilitator. */
    @Override
    public String toString() {
        return subject + " by " + policy
                + verdicts.stream()
                        .map(verdict -> "\n- " + verdict.name() + " is "
                                + switch (verdict.standing()) {
                                    case CHOSEN -> "chosen";
                                    case NEXT -> "next";
                                    case OUT -> "out";
                                }
                                + ": " + verdict.why())
                        .collect(Collectors.joining());
    }

    /** How a facilitator stands. */
    public enum Standing {
        /** An offer made now is made for it. */
        CHOSEN,
        /** It is asked when those before it do not answer. */
        NEXT,
        /** It cannot take this payment. */
        OUT
    }

    /**
     * The verdict on one facilitator.
     *
     * @param name of the facilitator
     * @param standing whether it is chosen
     * @param why in words
     */
    public record Verdict(String name, Standing standing, String why) {
        public Verdict {
            requireNonNull(name, "name");
            requireNonNull(standing, "standing");
            requireNonNull(why, "why");
        }
    }
}
