package dev.stranger;

import dev.x402.http.facilitator.HttpFacilitator;
import dev.x402.spec.SupportedKind;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Asks a facilitator what it settles. */
public final class Rails {
    private Rails() {}

    /** The kinds, as text. */
    public static List<String> of(URI address, Clock clock) {
        try (HttpFacilitator facilitator =
                HttpFacilitator.builder(address, clock).build()) {
            return facilitator.supported(clock.instant().plus(Duration.ofSeconds(10))).kinds().stream()
                    .map(SupportedKind::kind)
                    .map(Object::toString)
                    .toList();
        }
    }
}
