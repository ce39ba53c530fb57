package dev.x402.spec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of a payment as JSON (x402 v2, sections 5.1, 5.2 and 7.1). */
final class PaymentMessages {
    private static final int MAX_OFFERS = 16;
    private static final int MAX_EXTENSIONS = 16;

    private PaymentMessages() {}

    static PaymentRequired readRequired(JsonCursor at) {
        version(at);
        List<PaymentRequirements> accepts = new ArrayList<>();
        List<Json> others = new ArrayList<>();
        for (JsonCursor offer : offers(at)) {
            offer.object();
            try {
                accepts.add(readOffer(offer));
            } catch (MalformedMessageException e) {
                others.add(offer.value());
            }
        }
        return new PaymentRequired(
                at.optional("error").map(JsonCursor::text).orElse(null),
                readResource(at.member("resource")),
                accepts,
                others,
                extensions(at),
                at.others("x402Version", "error", "resource", "accepts", "extensions"));
    }

    static Json.Obj writeRequired(PaymentRequired message) {
        return Json.object()
                .put("x402Version", 2)
                .put("error", message.error())
                .put("resource", writeResource(message.resource()))
                .put("accepts", array(message.accepts(), message.otherAccepts()))
                .put("extensions", message.extensions())
                .putAbsent(message.unknown())
                .build();
    }

    static PaymentPayload readPayload(JsonCursor at) {
        version(at);
        return new PaymentPayload(
                at.optional("resource").map(PaymentMessages::readResource).orElse(null),
                readOffer(at.member("accepted")),
                at.member("payload").object(),
                extensions(at),
                at.others("x402Version", "resource", "accepted", "payload", "extensions"));
    }

    static Json.Obj writePayload(PaymentPayload message) {
        ResourceInfo resource = message.resource();
        return Json.object()
                .put("x402Version", 2)
                .put("resource", resource == null ? null : writeResource(resource))
                .put("accepted", writeRequirements(message.accepted()))
                .put("payload", message.payload())
                .put("extensions", message.extensions())
                .putAbsent(message.unknown())
                .build();
    }

    static FacilitatorRequest readFacilitatorRequest(JsonCursor at) {
        version(at);
        return new FacilitatorRequest(
                readPayload(at.member("paymentPayload")),
                readRequirements(at.member("paymentRequirements")),
                at.others("x402Version", "paymentPayload", "paymentRequirements"));
    }

    static Json.Obj writeFacilitatorRequest(FacilitatorRequest message) {
        return Json.object()
                .put("x402Version", 2)
                .put("paymentPayload", writePayload(message.paymentPayload()))
                .put("paymentRequirements", writeRequirements(message.paymentRequirements()))
                .putAbsent(message.unknown())
                .build();
    }

    /** An offer of 1 or more. */
    static PaymentRequirements readOffer(JsonCursor at) {
        PaymentRequirements offer = readRequirements(at);
        if (offer.amount().isZero()) {
            throw at.member("amount").malformed("an amount of 1 or more");
        }
        return offer;
    }

    /** Requirements whose amount may be 0: so much does a metered scheme settle when nothing was used. */
    static PaymentRequirements readRequirements(JsonCursor at) {
        return new PaymentRequirements(
                at.member("scheme").id(),
                at.member("network").network(),
                at.member("amount").amount(),
                at.member("asset").id(),
                at.member("payTo").id(),
                at.member("maxTimeoutSeconds").integer(1),
                at.optional("extra").map(JsonCursor::object).orElse(null),
                at.others("scheme", "network", "amount", "asset", "payTo", "maxTimeoutSeconds", "extra"));
    }

    static Json.Obj writeRequirements(PaymentRequirements offer) {
        return Json.object()
                .put("scheme", offer.scheme())
                .put("network", offer.network().toString())
                .put("amount", offer.amount().toString())
                .put("asset", offer.asset())
                .put("payTo", offer.payTo())
                .put("maxTimeoutSeconds", offer.maxTimeoutSeconds())
                .put("extra", offer.extra())
                .putAbsent(offer.unknown())
                .build();
    }

    /** The elements of {@code accepts}. */
    static List<JsonCursor> offers(JsonCursor at) {
        List<JsonCursor> offers = at.member("accepts").elements();
        if (offers.size() > MAX_OFFERS) {
            throw at.member("accepts").malformed("at most " + MAX_OFFERS + " offers");
        }
        return offers;
    }

    static Json.Arr array(List<PaymentRequirements> offers, List<Json> others) {
        List<Json> elements = new ArrayList<>(offers.size() + others.size());
        offers.forEach(offer -> elements.add(writeRequirements(offer)));
        elements.addAll(others);
        return new Json.Arr(elements);
    }

    static Json.@Nullable Obj extensions(JsonCursor at) {
        Json.Obj extensions = at.optional("extensions").map(JsonCursor::object).orElse(null);
        if (extensions != null && extensions.members().size() > MAX_EXTENSIONS) {
            throw at.member("extensions").malformed("at most " + MAX_EXTENSIONS + " extensions");
        }
        return extensions;
    }

    static void version(JsonCursor at) {
        at.member("x402Version").exactly(2);
    }

    private static ResourceInfo readResource(JsonCursor at) {
        return new ResourceInfo(
                at.member("url").text(),
                at.optional("description").map(JsonCursor::text).orElse(null),
                at.optional("mimeType").map(JsonCursor::text).orElse(null),
                at.optional("serviceName").map(JsonCursor::text).orElse(null),
                at.optional("tags").map(JsonCursor::texts).orElse(null),
                at.optional("iconUrl").map(JsonCursor::text).orElse(null),
                at.others("url", "description", "mimeType", "serviceName", "tags", "iconUrl"));
    }

    private static Json.Obj writeResource(ResourceInfo resource) {
        List<String> tags = resource.tags();
        return Json.object()
                .put("url", resource.url())
                .put("description", resource.description())
                .put("mimeType", resource.mimeType())
                .put("serviceName", resource.serviceName())
                .put("tags", tags == null ? null : Json.texts(tags))
                .put("iconUrl", resource.iconUrl())
                .putAbsent(resource.unknown())
                .build();
    }
}
