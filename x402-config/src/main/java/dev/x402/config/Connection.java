package dev.x402.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * What the file says of how one facilitator is reached.
 *
 * @param name that the file gives it
 * @param url of its endpoints; empty for one of this process
 * @param token to ask it with
 */
public record Connection(String name, Optional<URI> url, Optional<Secret> token) {
    public Connection {
        requireNonNull(name, "name");
        requireNonNull(url, "url");
        requireNonNull(token, "token");
    }

    /** The name; the address may come from the environment. */
    @Override
    public String toString() {
        return "connection to " + name;
    }
}
