package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A paid resource in a facilitator's catalogue (x402 v2, section 8).
 *
 * @param resource address of the resource
 * @param type such as {@code http} or {@code mcp}
 * @param x402Version of the resource
 * @param accepts the offers that were seen
 * @param lastUpdated a number of seconds or a date as text: implementations differ
 * @param extensions by key
 * @param unknown members that this version does not know, among them {@code metadata}
 */
public record DiscoveredResource(
        String resource,
        String type,
        int x402Version,
        List<PaymentRequirements> accepts,
        @Nullable Json lastUpdated,
        Json.@Nullable Obj extensions,
        Json.Obj unknown) {
    public DiscoveredResource {
        requireNonNull(resource, "resource");
        requireNonNull(type, "type");
        accepts = List.copyOf(accepts);
        requireNonNull(unknown, "unknown");
    }
}
