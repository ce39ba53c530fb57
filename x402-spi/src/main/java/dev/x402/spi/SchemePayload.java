package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Json;
import java.time.Instant;

/**
 * A signed payment, as the scheme writes it.
 *
 * @param payload the wire member {@code payload}
 * @param extensions members that the scheme adds to the echoed extensions
 * @param liveUntil when nobody can use the signature any more; a budget stays held until then
 */
public record SchemePayload(Json.Obj payload, Json.Obj extensions, Instant liveUntil) {
    public SchemePayload {
        requireNonNull(payload, "payload");
        requireNonNull(extensions, "extensions");
        requireNonNull(liveUntil, "liveUntil");
    }
}
