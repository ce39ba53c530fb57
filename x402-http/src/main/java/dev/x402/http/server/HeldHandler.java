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

    /**
     * Runs the handler once and lets its answer go out as it is made; only asked where money or access came before.
     *
     * <p>Whoever returns true ends the delivery, now or later.
     *
     * @return false, without having run the handler, where this server cannot: then the answer is held back
     * @throws Exception whatever the handler throws, when nothing of its answer has gone out
     */
    default boolean stream(Paid paid, Delivery delivery) throws Exception {
        return false;
    }
}
