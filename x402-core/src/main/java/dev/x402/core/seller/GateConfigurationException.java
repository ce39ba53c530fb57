package dev.x402.core.seller;

import java.util.List;

/** A gate cannot be built, or cannot be made ready; names every problem at once. */
public final class GateConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    GateConfigurationException(List<String> problems) {
        super(problems.size() + (problems.size() == 1 ? " problem" : " problems") + " of the gate:\n- "
                + String.join("\n- ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each says which route and way to pay, what was seen, and what to do. */
    public List<String> problems() {
        return problems;
    }
}
