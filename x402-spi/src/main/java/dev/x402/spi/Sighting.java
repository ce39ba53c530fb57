package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What a look at the rail showed: what to do with the movement, and what became of each payment.
 *
 * @param advice for the movement
 * @param again when to look again
 * @param outcomes one per payment, in order
 */
public record Sighting(Advice advice, Duration again, List<Outcome> outcomes) {
    public Sighting {
        requireNonNull(advice, "advice");
        requireNonNull(again, "again");
        outcomes = List.copyOf(outcomes);
    }
}
