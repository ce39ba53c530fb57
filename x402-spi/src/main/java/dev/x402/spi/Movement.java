package dev.x402.spi;

import java.util.List;

/**
 * A movement of money and all that was ever tried for it.
 *
 * @param id the store's number
 * @param payments carried; none when the movement fills a gap in a lane
 * @param attempts in order, at least one
 */
public record Movement(long id, List<Payment> payments, List<Attempt> attempts) {
    public Movement {
        payments = List.copyOf(payments);
        attempts = List.copyOf(attempts);
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException("movement " + id + ": expected an attempt, saw none");
        }
    }

    /** The newest attempt. */
    public Attempt last() {
        return attempts.get(attempts.size() - 1);
    }
}
