package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One try of a movement: its slot is allocated first, its bytes are signed later.
 *
 * @param number 0, 1, 2, … within the movement
 * @param slot empty where the rail has no sequence
 * @param signed empty until the bytes are stored
 */
public record Attempt(int number, Optional<Slot> slot, Optional<Signed> signed) {
    public Attempt {
        requireNonNull(slot, "slot");
        requireNonNull(signed, "signed");
    }

    /** This attempt with its bytes. */
    public Attempt with(Signed bytes) {
        return new Attempt(number, slot, Optional.of(bytes));
    }
}
