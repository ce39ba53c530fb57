package dev.x402.bazaar.catalogue;

import dev.x402.bazaar.Listing;
import dev.x402.spec.Codec;
import dev.x402.spec.DiscoveryResponse;
import dev.x402.spec.DiscoverySearchResponse;
import dev.x402.spec.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Listings as the protocol (x402 v2, section 8) and the reference SDK have them. */
final class Wire {
    /** Below the 64 KiB and 2048 values that a reader of ours takes. */
    private static final int MOST_BYTES = 60 * 1024;

    private static final int MOST_VALUES = 1_900;

    /** Offers of a listing that is shown in short. */
    private static final int FEW = 4;

    private Wire() {}

    /** As many first hits as one document takes, at least one. */
    static List<Json> resources(List<Page.Hit> hits) {
        List<Json> resources = new ArrayList<>();
        int bytes = 0;
        int values = 0;
        for (Page.Hit hit : hits) {
            Json.Obj resource = resource(hit.listing(), true);
            int size = Codec.JSON.write(resource).length;
            int parts = values(resource);
            if (size > MOST_BYTES || parts > MOST_VALUES) {
                resource = resource(hit.listing(), false);
                size = Codec.JSON.write(resource).length;
                parts = values(resource);
            }
            bytes += size;
            values += parts;
            if (!resources.isEmpty() && (bytes > MOST_BYTES || values > MOST_VALUES)) {
                return resources;
            }
            resources.add(resource);
        }
        return resources;
    }

    private static int values(Json json) {
        if (json instanceof Json.Obj obj) {
            return 1 + obj.members().values().stream().mapToInt(Wire::values).sum();
        }
        return json instanceof Json.Arr arr
                ? 1 + arr.elements().stream().mapToInt(Wire::values).sum()
                : 1;
    }

    private static Json.Obj resource(Listing listing, boolean whole) {
        Listing.Key key = listing.key();
        boolean declared = whole && !listing.declaration().isEmpty();
        List<Json> accepts = listing.accepts().stream()
                .limit(whole ? Integer.MAX_VALUE : FEW)
                .map(offer -> whole ? offer : offer.withExtra(Json.Obj.EMPTY))
                .map(Codec.PAYMENT_REQUIREMENTS::json)
                .toList();
        return Json.object()
                .put("resource", key.resource())
                .put("type", key.type())
                .put("x402Version", 2)
                .put("accepts", new Json.Arr(accepts))
                .put("lastUpdated", listing.seen().toString())
                .put("extensions", declared ? Json.Obj.EMPTY.with("bazaar", listing.declaration()) : null)
                .put("description", said(listing.description()))
                .put("mimeType", said(listing.mimeType()))
                .put("serviceName", said(listing.name()))
                .put("tags", listing.tags().isEmpty() ? null : Json.texts(listing.tags()))
                .put("iconUrl", said(listing.iconUrl()))
                .put("metadata", metadata(listing))
                .build();
    }

    private static Json.Obj metadata(Listing listing) {
        Listing.Key key = listing.key();
        return Json.object()
                .put(key.type().equals("mcp") ? "tool" : "method", key.operation())
                .put("health", word(listing.health()))
                .put("listed", listing.listed().toString())
                .put("source", word(listing.source()))
                .put("provider", said(listing.name()))
                .build();
    }

    static DiscoveryResponse page(List<Json> resources, Json.Obj pagination) {
        return new DiscoveryResponse(List.of(), resources, pagination, Json.Obj.EMPTY);
    }

    static DiscoverySearchResponse found(List<Json> resources, Json.Obj pagination) {
        return new DiscoverySearchResponse(List.of(), resources, null, pagination, Json.Obj.EMPTY);
    }

    private static @Nullable String said(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
