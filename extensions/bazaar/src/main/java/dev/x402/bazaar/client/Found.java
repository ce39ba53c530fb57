package dev.x402.bazaar.client;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What came of a search. */
public sealed interface Found {
    /**
     * Services that fit, the cheapest first; of the same price by address.
     *
     * @param services each once
     * @param partial whether the catalogue has, or may have, more that was not read
     */
    record Services(List<Service> services, boolean partial) implements Found {
        public Services {
            services = List.copyOf(services);
        }
    }

    /**
     * The catalogue gave no answer that can be read.
     *
     * @param message for people
     */
    record Unavailable(String message) implements Found {
        public Unavailable {
            requireNonNull(message, "message");
        }
    }
}
