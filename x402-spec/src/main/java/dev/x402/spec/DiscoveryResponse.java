package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A page of {@code GET /discovery/resources} (x402 v2, section 8).
 *
 * @param items the resources of the page
 * @param otherItems resources that cannot be read, as they came: skipped, never an error
 * @param pagination where the page stands: {@code limit}, {@code offset}, {@code total}
 * @param unknown members that this version does not know
 */
public record DiscoveryResponse(
        List<DiscoveredResource> items, List<Json> otherItems, Json.Obj pagination, Json.Obj unknown) {
    public DiscoveryResponse {
        items = List.copyOf(items);
        otherItems = List.copyOf(otherItems);
        requireNonNull(pagination, "pagination");
        requireNonNull(unknown, "unknown");
    }
}
