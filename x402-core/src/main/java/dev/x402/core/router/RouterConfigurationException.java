package dev.x402.core.router;

import java.util.List;

/** A router cannot be built; names every problem at once. */
public final class RouterConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    RouterConfigurationException(List<String> problems) {
        super(problems.size() + (problems.size() == 1 ? " problem" : " problems") + " of the router:\n- "
                + String.join("\n- ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each says what was expected, what was seen, and what to do. */
    public List<String> problems() {
        return problems;
    }
}
