package dev.x402.config;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a configuration.
 *
 * @param line from 1; 0 when the problem has no place
 * @param column from 1; 0 when the problem has no place
 * @param message which key, what was expected, what was seen; no value that came from the environment
 */
public record Problem(int line, int column, String message) {
    public Problem {
        requireNonNull(message, "message");
    }

    /** {@code line 3, column 5: …}, as a list of problems shows it. */
    @Override
    public String toString() {
        return line == 0 ? message : "line " + line + ", column " + column + ": " + message;
    }
}
