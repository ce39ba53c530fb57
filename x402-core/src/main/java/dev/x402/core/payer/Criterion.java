package dev.x402.core.payer;

import dev.x402.core.Flow;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What puts one offer before another. */
sealed interface Criterion {
    /** The lower is the better. */
    long score(Candidate candidate);

    /** The line or the rule of the house, with what it saw in both. */
    String reason(Candidate better, Candidate other);

    /** The order of a line's words. */
    record Preference(Rule rule, List<Term> terms) implements Criterion {
        @Override
        public long score(Candidate candidate) {
            for (int i = 0; i < terms.size(); i++) {
                if (terms.get(i).matches(candidate)) {
                    return i;
                }
            }
            return terms.size();
        }

        @Override
        public String reason(Candidate better, Candidate other) {
            return '"' + rule.toString() + '"';
        }
    }

    /** The lower price in one currency; how many of a class are cheaper is counted by the ranking. */
    record Cheapest(Optional<Rule> rule) implements Criterion {
        @Override
        public long score(Candidate candidate) {
            return 0;
        }

        @Override
        public String reason(Candidate better, Candidate other) {
            Cost low = Cost.of(better);
            Cost high = Cost.of(other);
            return rule.map(line -> '"' + line.toString() + '"').orElse("the lower price")
                    + (low.isComparedWith(high)
                            ? ": " + low + " before " + high
                            : ": fewer offers in " + Shown.of(low.currency()) + " are cheaper than it");
        }
    }

    /** The time until nobody can take the payment back; then how final an answer is. */
    record Fastest(Rule rule) implements Criterion {
        private static final long LONGEST_SECONDS = 1_000_000_000_000L;

        @Override
        public long score(Candidate candidate) {
            if (candidate.network().isEmpty()) {
                return Long.MAX_VALUE;
            }
            RailNetwork rail = candidate.network().get();
            long after = switch (rail.answerAt()) {
                case FINAL -> 0;
                case SETTLED -> 1;
                case SEEN -> 2;
            };
            return millis(rail) * 3 + after;
        }

        private static long millis(RailNetwork rail) {
            Duration time = rail.expectedTime();
            Duration window = rail.reversalWindow();
            if (time.toSeconds() > LONGEST_SECONDS || window.toSeconds() > LONGEST_SECONDS) {
                return 2 * LONGEST_SECONDS * 1_000;
            }
            return time.toMillis() + window.toMillis();
        }

        @Override
        public String reason(Candidate better, Candidate other) {
            return '"' + rule.toString() + "\": " + when(better) + " before " + when(other);
        }

        private static String when(Candidate candidate) {
            return candidate
                    .network()
                    .map(rail -> rail.name() + " (" + plain(rail) + ", answers when " + words(rail.answerAt()) + ")")
                    .orElse("a network that no rail knows");
        }

        private static String words(Stage stage) {
            return stage.name().toLowerCase(Locale.ROOT);
        }

        private static String plain(RailNetwork rail) {
            Duration sum = Duration.ofMillis(millis(rail));
            return sum.toDays() > 0 ? sum.toDays() + " days" : sum.toMillis() + " ms";
        }
    }

    /** The flow in which the buyer risks least, where no line says another. */
    record Risk() implements Criterion {
        @Override
        public long score(Candidate candidate) {
            Optional<Flow> flow = Flow.of(candidate.offer());
            if (flow.isEmpty()) {
                return 3;
            }
            return switch (flow.get()) {
                case AUTHORIZATION -> 0;
                case ESCROW -> 1;
                case UPFRONT -> 2;
            };
        }

        private static String flow(Candidate candidate) {
            return Flow.of(candidate.offer()).map(Flow::word).orElse("a flow that nobody knows");
        }

        @Override
        public String reason(Candidate better, Candidate other) {
            return "the flow: " + flow(better) + " risks less than " + flow(other);
        }
    }
}
