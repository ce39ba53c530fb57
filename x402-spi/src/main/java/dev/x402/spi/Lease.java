package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The right to work on a movement for a while.
 *
 * @param movement as it was when the lease was given
 * @param fence rises with every lease of the movement
 * @param until the store's time at which the lease ends
 */
public record Lease(Movement movement, long fence, Instant until) {
    public Lease {
        requireNonNull(movement, "movement");
        requireNonNull(until, "until");
    }
}
