package dev.x402.http.server;

import dev.x402.http.Answer;
import java.util.Optional;

/** Runs an application's handler and holds back everything that it answers. */
@FunctionalInterface
public interface HeldHandler {
    /**
     * Runs the handler once.
     *
     * @param paid who paid, and what
     * @param limit the longest body that may be held, in bytes
     * @return the whole answer; empty when its body was longer
     * @throws Exception whatever the handler throws, when nothing of its answer may be used
     */
    Optional<Answer> run(Paid paid, int limit) throws Exception;
}
