package dev.x402.spec.v1;

import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the messages of version 1, as strictly as those of version 2. */
public final class CodecsV1 {
    /** The challenge, a body. */
    public static final Codec<PaymentRequiredV1> PAYMENT_REQUIRED =
            Codec.with(CodecsV1::readRequired, CodecsV1::writeRequired);

    /** The payment, in {@code X-PAYMENT}. */
    public static final Codec<PaymentPayloadV1> PAYMENT_PAYLOAD =
            Codec.with(CodecsV1::readPayload, CodecsV1::writePayload);

    /** The receipt, in {@code X-PAYMENT-RESPONSE}, and the answer to {@code POST /settle}. */
    public static final Codec<SettleResponseV1> SETTLE_RESPONSE =
            Codec.with(CodecsV1::readSettle, CodecsV1::writeSettle);

    /** The body of {@code POST /verify} and {@code POST /settle}. */
    public static final Codec<FacilitatorRequestV1> FACILITATOR_REQUEST =
            Codec.with(CodecsV1::readRequest, CodecsV1::writeRequest);

    private static final int MAX_OFFERS = 16;

    private CodecsV1() {}

    private static PaymentRequiredV1 readRequired(JsonCursor at) {
        at.member("x402Version").exactly(1);
        JsonCursor accepts = at.member("accepts");
        if (accepts.elements().size() > MAX_OFFERS) {
            throw accepts.malformed("at most " + MAX_OFFERS + " offers");
        }
        return new PaymentRequiredV1(
                at.optional("error").map(JsonCursor::text).orElse(null),
                accepts.elements().stream().map(CodecsV1::readOffer).toList(),
                at.others("x402Version", "error", "accepts"));
    }

    private static Json writeRequired(PaymentRequiredV1 message) {
        List<Json> accepts = new ArrayList<>();
        message.accepts().forEach(offer -> accepts.add(writeRequirements(offer)));
        return Json.object()
                .put("x402Version", 1)
                .put("error", message.error())
                .put("accepts", new Json.Arr(accepts))
                .putAbsent(message.unknown())
                .build();
    }

    private static PaymentPayloadV1 readPayload(JsonCursor at) {
        at.member("x402Version").exactly(1);
        return new PaymentPayloadV1(
                at.member("scheme").id(),
                at.member("network").id(),
                at.member("payload").object(),
                at.others("x402Version", "scheme", "network", "payload"));
    }

    private static Json.Obj writePayload(PaymentPayloadV1 message) {
        return Json.object()
                .put("x402Version", 1)
                .put("scheme", message.scheme())
                .put("network", message.network())
                .put("payload", message.payload())
                .putAbsent(message.unknown())
                .build();
    }

    private static PaymentRequirementsV1 readOffer(JsonCursor at) {
        PaymentRequirementsV1 offer = readRequirements(at);
        if (offer.maxAmountRequired().isZero()) {
            throw at.member("maxAmountRequired").malformed("an amount of 1 or more");
        }
        return offer;
    }

    private static PaymentRequirementsV1 readRequirements(JsonCursor at) {
        return new PaymentRequirementsV1(
                at.member("scheme").id(),
                at.member("network").id(),
                at.member("maxAmountRequired").amount(),
                at.member("resource").text(),
                at.member("description").text(),
                at.optional("mimeType").map(JsonCursor::text).orElse(null),
                at.optional("outputSchema").map(JsonCursor::object).orElse(null),
                at.member("payTo").id(),
                at.member("maxTimeoutSeconds").integer(1),
                at.member("asset").id(),
                at.optional("extra").map(JsonCursor::object).orElse(null),
                at.others(
                        "scheme",
                        "network",
                        "maxAmountRequired",
                        "resource",
                        "description",
                        "mimeType",
                        "outputSchema",
                        "payTo",
                        "maxTimeoutSeconds",
                        "asset",
                        "extra"));
    }

    private static Json.Obj writeRequirements(PaymentRequirementsV1 offer) {
        return Json.object()
                .put("scheme", offer.scheme())
                .put("network", offer.network())
                .put("maxAmountRequired", offer.maxAmountRequired().toString())
                .put("asset", offer.asset())
                .put("payTo", offer.payTo())
                .put("resource", offer.resource())
                .put("description", offer.description())
                .put("mimeType", offer.mimeType())
                .put("outputSchema", offer.outputSchema())
                .put("maxTimeoutSeconds", offer.maxTimeoutSeconds())
                .put("extra", offer.extra())
                .putAbsent(offer.unknown())
                .build();
    }

    private static SettleResponseV1 readSettle(JsonCursor at) {
        boolean success = at.member("success").bool();
        return new SettleResponseV1(
                success,
                at.optional("errorReason")
                        .map(JsonCursor::text)
                        .map(ErrorCode::parse)
                        .orElse(null),
                at.optional("payer").map(JsonCursor::text).orElse(null),
                success
                        ? at.member("transaction").text()
                        : at.optional("transaction").map(JsonCursor::text).orElse(""),
                success
                        ? at.member("network").id()
                        : at.optional("network").map(JsonCursor::text).orElse(null),
                at.others("success", "errorReason", "payer", "transaction", "network"));
    }

    private static Json writeSettle(SettleResponseV1 message) {
        ErrorCode reason = message.errorReason();
        return Json.object()
                .put("success", message.success())
                .put("errorReason", reason == null ? null : reason.value())
                .put("transaction", message.transaction())
                .put("network", message.network())
                .put("payer", message.payer())
                .putAbsent(message.unknown())
                .build();
    }

    private static FacilitatorRequestV1 readRequest(JsonCursor at) {
        at.member("x402Version").exactly(1);
        return new FacilitatorRequestV1(
                readPayload(at.member("paymentPayload")),
                readRequirements(at.member("paymentRequirements")),
                at.others("x402Version", "paymentPayload", "paymentRequirements"));
    }

    private static Json writeRequest(FacilitatorRequestV1 message) {
        return Json.object()
                .put("x402Version", 1)
                .put("paymentPayload", writePayload(message.paymentPayload()))
                .put("paymentRequirements", writeRequirements(message.paymentRequirements()))
                .putAbsent(message.unknown())
                .build();
    }
}
