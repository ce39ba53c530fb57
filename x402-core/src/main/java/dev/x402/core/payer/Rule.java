package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of a policy; its text is the canonical line. */
sealed interface Rule {
    /** Which offers a list of words lets pass, or puts first. */
    enum Verb {
        PREFER,
        AVOID,
        ONLY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Words about one subject; without one, each is a network, an asset or a currency. */
    record Listed(Verb verb, @Nullable Subject subject, List<String> words) implements Rule {
        static final int MOST = 1_024;

        public Listed {
            words = List.copyOf(words);
            misfit(subject, words).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
        }

        /** Why these words are no list; also what makes a list unreadable once it is written as a line. */
        static Optional<String> misfit(@Nullable Subject subject, List<String> words) {
            if (words.isEmpty() || words.size() > MOST) {
                return Optional.of("expected 1 to " + MOST + " words, saw " + words.size());
            }
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (!Words.isWord(word)) {
                    return Optional.of("expected a word of 1 to " + Words.LONGEST
                            + " visible characters without commas and #, saw " + Shown.quoted(word));
                }
                boolean several = word.indexOf(' ') > 0;
                if (Words.subject(Words.first(word)).isPresent() && (several || (i == 0 && subject == null))) {
                    return Optional.of("expected the subject once, before the first word, saw " + Shown.quoted(word)
                            + "; write another line for another subject");
                }
            }
            return Optional.empty();
        }

        @Override
        public String toString() {
            return verb + " " + (subject == null ? "" : subject + " ") + String.join(", ", words);
        }
    }

    /** The most that one payment may cost. */
    record Limit(MoneyTerm most) implements Rule {
        public Limit {
            requireNonNull(most, "most");
        }

        @Override
        public String toString() {
            return "at most " + most + " per payment";
        }
    }

    /** What puts one offer before another by a measure. */
    enum Measure implements Rule {
        CHEAPEST,
        FASTEST_FINAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
