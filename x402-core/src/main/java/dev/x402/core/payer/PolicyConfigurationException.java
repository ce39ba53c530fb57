package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/** A buyer's policy cannot be read, or contradicts itself or the plugins; names every problem at once. */
public final class PolicyConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    PolicyConfigurationException(List<Problem> problems) {
        super(problems.size() + (problems.size() == 1 ? " problem" : " problems") + " of the buyer's policy:\n- "
                + problems.stream().map(Problem::toString).collect(Collectors.joining("\n- ")));
        this.problems = List.copyOf(problems);
    }

    /** Each says where, what was seen, and what to do. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * One thing that is wrong.
     *
     * @param line from 1 on; 0 when it is no one line
     * @param column of the word, from 1 on; 0 when it is the whole line
     * @param message what was expected and seen, and what to do
     */
    public record Problem(int line, int column, String message) {
        public Problem {
            requireNonNull(message, "message");
        }

        /** Such as {@code line 2, column 8: …}. */
        @Override
        public String toString() {
            return (line == 0 ? "" : "line " + line + (column == 0 ? "" : ", column " + column) + ": ") + message;
        }
    }
}
