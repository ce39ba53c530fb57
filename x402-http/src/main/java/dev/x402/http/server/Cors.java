package dev.x402.http.server;

import dev.x402.http.Answer;
import dev.x402.http.IncomingRequest;
import dev.x402.spec.HeaderNames;
import java.util.Optional;
import java.util.Set;

/** Lets scripts of chosen origins read the headers of a payment; never {@code *}. */
final class Cors {
    private static final String EXPOSED = HeaderNames.PAYMENT_REQUIRED + ", " + HeaderNames.PAYMENT_RESPONSE;
    private static final String EXPOSE = "Access-Control-Expose-Headers";

    private final Set<String> origins;

    Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** The answer to {@code OPTIONS}; the handler does not run. */
    Answer options(IncomingRequest request, Set<String> methods) {
        String allowed = String.join(", ", methods);
        Answer answer = Answer.of(204).with("Allow", allowed);
        Optional<String> origin = origin(request);
        return origin.isEmpty()
                ? answer
                : answer.with("Access-Control-Allow-Origin", origin.get())
                        .with("Vary", "Origin")
                        .with("Access-Control-Allow-Methods", allowed)
                        .with("Access-Control-Allow-Headers", HeaderNames.PAYMENT_SIGNATURE + ", Content-Type");
    }

    Answer expose(IncomingRequest request, Answer answer) {
        String exposed =
                answer.header(EXPOSE).map(other -> other + ", " + EXPOSED).orElse(EXPOSED);
        Answer exposing = answer.with(EXPOSE, exposed);
        Optional<String> origin = origin(request);
        if (origin.isEmpty() || answer.header("Access-Control-Allow-Origin").isPresent()) {
            return exposing;
        }
        String vary = answer.header("Vary").map(other -> other + ", Origin").orElse("Origin");
        return exposing.with("Access-Control-Allow-Origin", origin.get()).with("Vary", vary);
    }

    private Optional<String> origin(IncomingRequest request) {
        return request.headers("Origin").stream().filter(origins::contains).findFirst();
    }
}
