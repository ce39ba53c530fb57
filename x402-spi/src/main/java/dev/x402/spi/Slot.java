package dev.x402.spi;

import static java.util.Objects.requireNonNull;

/**
 * A place in a lane.
 *
 * @param lane the signer's sequence
 * @param sequence the number (nonce), 0 or more
 */
public record Slot(Lane lane, long sequence) {
    public Slot {
        requireNonNull(lane, "lane");
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence: expected 0 or more, saw " + sequence);
        }
    }
}
