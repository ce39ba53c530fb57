package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resource that is sold (x402 v2, section 5.1.2).
 *
 * @param url as the server names it; not trusted when a payer sends it
 * @param description for people
 * @param mimeType of the answer
 * @param serviceName of the seller's service
 * @param tags for discovery
 * @param iconUrl of the service
 * @param unknown members that this version does not know, kept for the echo
 */
public record ResourceInfo(
        String url,
        @Nullable String description,
        @Nullable String mimeType,
        @Nullable String serviceName,
        @Nullable List<String> tags,
        @Nullable String iconUrl,
        Json.Obj unknown) {
    public ResourceInfo {
        requireNonNull(url, "url");
        tags = tags == null ? null : List.copyOf(tags);
        requireNonNull(unknown, "unknown");
    }

    /** A resource of which only the address is said. */
    public static ResourceInfo of(String url) {
        return new ResourceInfo(url, null, null, null, null, null, Json.Obj.EMPTY);
    }

    /** A resource with address, description and type. */
    public static ResourceInfo of(String url, String description, String mimeType) {
        return new ResourceInfo(url, description, mimeType, null, null, null, Json.Obj.EMPTY);
    }
}
