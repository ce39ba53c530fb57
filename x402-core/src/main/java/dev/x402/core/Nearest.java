package dev.x402.core;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that somebody probably meant. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /**
     * The known word with the fewest letters to change, without regard to case.
     *
     * <p>Empty when more than a third of the letters differ, or when the word is longer than any name. Among equals the
     * first by the order of characters.
     */
    public static Optional<String> of(String seen, Collection<String> known) {
        requireNonNull(seen, "seen");
        String word = seen.toLowerCase(Locale.ROOT);
        Optional<String> best = Optional.empty();
        int fewest = Integer.MAX_VALUE;
        for (String candidate : known) {
            if (word.length() > LONGEST || candidate.length() > LONGEST) {
                continue;
            }
            int changes = changes(word, candidate.toLowerCase(Locale.ROOT));
            boolean near = 3 * changes <= Math.max(3, Math.max(word.length(), candidate.length()));
            boolean better =
                    changes < fewest || (changes == fewest && best.isPresent() && candidate.compareTo(best.get()) < 0);
            if (near && better) {
                best = Optional.of(candidate);
                fewest = changes;
            }
        }
        return best;
    }

    /** Letters to insert, delete, replace or swap with the next one. */
    private static int changes(String from, String to) {
        int[] before = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                boolean same = from.charAt(i - 1) == to.charAt(j - 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = row;
        }
        return last[to.length()];
    }
}
