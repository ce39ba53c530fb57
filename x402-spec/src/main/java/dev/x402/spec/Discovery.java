package dev.x402.spec;

import java.util.ArrayList;
import java.util.List;

/** Pages of a catalogue as JSON (x402 v2, section 8). */
final class Discovery {
    private Discovery() {}

    static DiscoveryResponse readPage(JsonCursor at) {
        PaymentMessages.version(at);
        List<DiscoveredResource> items = new ArrayList<>();
        List<Json> others = new ArrayList<>();
        split(at.member("items"), items, others);
        return new DiscoveryResponse(
                items, others, at.member("pagination").object(), at.others("x402Version", "items", "pagination"));
    }

    static Json.Obj writePage(DiscoveryResponse message) {
        return Json.object()
                .put("x402Version", 2)
                .put("items", join(message.items(), message.otherItems()))
                .put("pagination", message.pagination())
                .putAbsent(message.unknown())
                .build();
    }

    static DiscoverySearchResponse readSearch(JsonCursor at) {
        PaymentMessages.version(at);
        List<DiscoveredResource> resources = new ArrayList<>();
        List<Json> others = new ArrayList<>();
        split(at.member("resources"), resources, others);
        return new DiscoverySearchResponse(
                resources,
                others,
                at.optional("partialResults").map(JsonCursor::bool).orElse(null),
                at.optional("pagination").map(JsonCursor::object).orElse(null),
                at.others("x402Version", "resources", "partialResults", "pagination"));
    }

    static Json.Obj writeSearch(DiscoverySearchResponse message) {
        Boolean partial = message.partialResults();
        return Json.object()
                .put("x402Version", 2)
                .put("resources", join(message.resources(), message.otherResources()))
                .put("partialResults", partial == null ? null : Json.of(partial))
                .put("pagination", message.pagination())
                .putAbsent(message.unknown())
                .build();
    }

    private static void split(JsonCursor at, List<DiscoveredResource> readable, List<Json> others) {
        for (JsonCursor element : at.elements()) {
            try {
                readable.add(readResource(element));
            } catch (MalformedMessageException e) {
                others.add(element.value());
            }
        }
    }

    private static Json.Arr join(List<DiscoveredResource> readable, List<Json> others) {
        List<Json> elements = new ArrayList<>(readable.size() + others.size());
        readable.forEach(resource -> elements.add(writeResource(resource)));
        elements.addAll(others);
        return new Json.Arr(elements);
    }

    private static DiscoveredResource readResource(JsonCursor at) {
        return new DiscoveredResource(
                at.member("resource").nonEmptyText(),
                at.member("type").id(),
                at.member("x402Version").integer(1),
                PaymentMessages.offers(at).stream()
                        .map(PaymentMessages::readOffer)
                        .toList(),
                at.optional("lastUpdated").map(JsonCursor::value).orElse(null),
                at.optional("extensions").map(JsonCursor::object).orElse(null),
                at.others("resource", "type", "x402Version", "accepts", "lastUpdated", "extensions"));
    }

    private static Json.Obj writeResource(DiscoveredResource resource) {
        return Json.object()
                .put("resource", resource.resource())
                .put("type", resource.type())
                .put("x402Version", resource.x402Version())
                .put("accepts", PaymentMessages.array(resource.accepts(), List.of()))
                .put("lastUpdated", resource.lastUpdated())
                .put("extensions", resource.extensions())
                .putAbsent(resource.unknown())
                .build();
    }
}
