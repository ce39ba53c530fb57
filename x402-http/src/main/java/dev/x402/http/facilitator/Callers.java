package dev.x402.http.facilitator;

import dev.x402.http.IncomingRequest;

/** Tells who asks a facilitator; the place for authentication and for limits. */
@FunctionalInterface
public interface Callers {
    /**
     * Who asks; called before the body is read, and must not read it.
     *
     * <p>An exception is answered by 500 and asks nobody.
     */
    Caller of(IncomingRequest request);

    /** Everybody, as the one tenant. */
    static Callers anybody() {
        return request -> new Caller.Tenant("");
    }
}
