package dev.x402.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used; names every problem at once. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigurationException(List<Problem> problems) {
        super(problems.size() + (problems.size() == 1 ? " problem" : " problems") + " of the configuration:\n- "
                + problems.stream().map(Problem::toString).collect(Collectors.joining("\n- ")));
        this.problems = List.copyOf(problems);
    }

    ConfigurationException(Place at, String message) {
        this(List.of(at.problem(message)));
    }

    /** In the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
