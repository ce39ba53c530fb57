package dev.x402.config;

import java.util.List;

/** What one reading of a file shares: the environment and what was found wrong. */
record Reading(Environment environment, List<Problem> problems) {
    void problem(Place at, String message) {
        problems.add(at.problem(message));
    }
}
