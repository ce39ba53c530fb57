package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code GET /discovery/search}.
 *
 * @param resources that were found
 * @param otherResources those that cannot be read, as they came: skipped, never an error
 * @param partialResults whether more may exist than was searched
 * @param pagination {@code limit} and {@code cursor}
 * @param unknown members that this version does not know
 */
public record DiscoverySearchResponse(
        List<DiscoveredResource> resources,
        List<Json> otherResources,
        @Nullable Boolean partialResults,
        Json.@Nullable Obj pagination,
        Json.Obj unknown) {
    public DiscoverySearchResponse {
        resources = List.copyOf(resources);
        otherResources = List.copyOf(otherResources);
        requireNonNull(unknown, "unknown");
    }
}
