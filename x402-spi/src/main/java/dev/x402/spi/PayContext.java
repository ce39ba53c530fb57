package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import java.time.Instant;

/**
 * What a payer's scheme must know besides the offer.
 *
 * @param extensions as declared in the challenge
 * @param ceiling the most that may be signed for
 * @param by deadline for reading the rail
 */
public record PayContext(Json.Obj extensions, AtomicAmount ceiling, Instant by) {
    public PayContext {
        requireNonNull(extensions, "extensions");
        requireNonNull(ceiling, "ceiling");
        requireNonNull(by, "by");
    }
}
