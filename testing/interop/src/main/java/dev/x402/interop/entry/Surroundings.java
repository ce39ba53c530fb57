package dev.x402.interop.entry;

import java.util.Map;
import java.util.Optional;

/** The environment variables of a process. */
record Surroundings(Map<String, String> variables) {
    Surroundings {
        variables = Map.copyOf(variables);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    String require(String name) {
        return find(name)
                .orElseThrow(() ->
                        new IllegalArgumentException(name + ": expected a value in the environment, saw none; set it"));
    }

    /** The port to listen on; any free one when it is 0 or absent. */
    int port() {
        String text = find("PORT").orElse("0");
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, as a number out of range is.
        }
        throw new IllegalArgumentException("PORT: expected 0 to 65535, saw \"" + text + "\"");
    }
}
