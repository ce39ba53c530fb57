package dev.x402.spi.plugins;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plugins or ports are broken or contradict each other; the message lists every problem. */
public final class PluginConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    PluginConfigurationException(List<String> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem: what, where, what was seen, what to do. */
    public List<String> problems() {
        return problems;
    }

    PluginConfigurationException(List<String> problems, Throwable cause) {
        this(problems);
        initCause(cause);
    }

    private static String message(List<String> problems) {
        return IntStream.range(0, problems.size())
                .mapToObj(i -> "\n  " + (i + 1) + ". " + problems.get(i))
                .collect(Collectors.joining("", "the plugins cannot be used:", ""));
    }
}
