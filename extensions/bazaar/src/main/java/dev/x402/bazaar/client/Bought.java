package dev.x402.bazaar.client;

import static java.util.Objects.requireNonNull;

import dev.x402.http.client.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What came of buying one of several services.
 *
 * @param tried those that were asked, in order; only the last can have cost anything
 * @param <T> the body
 */
public record Bought<T>(List<Tried<T>> tried) {
    public Bought {
        tried = List.copyOf(tried);
    }

    /**
     * A service that was asked.
     *
     * @param service as it was found
     * @param outcome empty when it did not answer at all, and nothing was handed out
     */
    public record Tried<T>(Service service, Optional<Outcome<T>> outcome) {
        public Tried {
            requireNonNull(service, "service");
            requireNonNull(outcome, "outcome");
        }
    }

    /** What was paid and came; empty when nothing was paid, or nobody knows whether it was. */
    public Optional<Outcome.Paid<T>> paid() {
        return last().filter(Outcome.Paid.class::isInstance).map(outcome -> (Outcome.Paid<T>) outcome);
    }

    /** Where the last attempt ended; empty when there was none, or no answer to it. */
    public Optional<Outcome<T>> last() {
        return tried.isEmpty() ? Optional.empty() : tried.get(tried.size() - 1).outcome();
    }
}
