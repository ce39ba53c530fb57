package dev.x402.http;

import java.io.IOException;

/** Answers requests, on any server. */
@FunctionalInterface
public interface Endpoint {
    /**
     * The answer to a request; safe for threads.
     *
     * @throws IOException when the request could not be read
     */
    Answer answer(IncomingRequest request) throws IOException;
}
