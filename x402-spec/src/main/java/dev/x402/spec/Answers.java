package dev.x402.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The answers of a facilitator as JSON (x402 v2, sections 5.3 and 7). Reads what other implementations write instead. */
final class Answers {
    private static final Json NO_TEXT = Json.of("");

    private Answers() {}

    static VerifyResponse readVerify(JsonCursor at) {
        return new VerifyResponse(
                at.member("isValid").bool(),
                said(at, "invalidReason").map(ErrorCode::parse).orElse(null),
                said(at, "invalidMessage")
                        .or(() -> said(at, "invalidReasonDetails"))
                        .orElse(null),
                said(at, "payer", JsonCursor::id).orElse(null),
                PaymentMessages.extensions(at),
                at.optional("extra").map(JsonCursor::object).orElse(null),
                unsaid(at, "isValid", "invalidReason", "invalidMessage", "payer", "extensions", "extra"));
    }

    static Json.Obj writeVerify(VerifyResponse message) {
        ErrorCode reason = message.invalidReason();
        return Json.object()
                .put("isValid", message.isValid())
                .put("invalidReason", reason == null ? null : reason.value())
                .put("invalidMessage", message.invalidMessage())
                .put("payer", message.payer())
                .put("extensions", message.extensions())
                .put("extra", message.extra())
                .putAbsent(message.unknown())
                .build();
    }

    static SettleResponse readSettle(JsonCursor at) {
        boolean success = at.member("success").bool();
        return new SettleResponse(
                success,
                said(at, "errorReason")
                        .or(() -> said(at, "error_reason"))
                        .map(ErrorCode::parse)
                        .orElse(null),
                said(at, "errorMessage").orElse(null),
                said(at, "payer", JsonCursor::id).orElse(null),
                transaction(success ? Optional.of(at.member("transaction")) : at.optional("transaction")),
                success
                        ? at.member("network").network()
                        : said(at, "network", JsonCursor::network).orElse(null),
                at.optional("amount").map(JsonCursor::amount).orElse(null),
                PaymentMessages.extensions(at),
                at.optional("extra").map(JsonCursor::object).orElse(null),
                unsaid(
                        at,
                        "success",
                        "errorReason",
                        "errorMessage",
                        "payer",
                        "transaction",
                        "network",
                        "amount",
                        "extensions",
                        "extra"));
    }

    static Json.Obj writeSettle(SettleResponse message) {
        ErrorCode reason = message.errorReason();
        Network network = message.network();
        AtomicAmount amount = message.amount();
        return Json.object()
                .put("success", message.success())
                .put("errorReason", reason == null ? null : reason.value())
                .put("errorMessage", message.errorMessage())
                .put("payer", message.payer())
                .put("transaction", message.transaction())
                .put("network", network == null ? null : network.toString())
                .put("amount", amount == null ? null : amount.toString())
                .put("extensions", message.extensions())
                .put("extra", message.extra())
                .putAbsent(message.unknown())
                .build();
    }

    static SupportedResponse readSupported(JsonCursor at) {
        List<SupportedKind> kinds = new ArrayList<>();
        List<Json> otherKinds = new ArrayList<>();
        for (JsonCursor kind : elements(at, "kinds")) {
            try {
                kinds.add(readKind(kind));
            } catch (MalformedMessageException e) {
                otherKinds.add(kind.value());
            }
        }
        return new SupportedResponse(
                kinds,
                otherKinds,
                at.optional("extensions").map(JsonCursor::texts).orElse(List.of()),
                at.optional("signers").map(Answers::readSigners).orElse(Map.of()),
                at.others("kinds", "extensions", "signers"));
    }

    static Json.Obj writeSupported(SupportedResponse message) {
        List<Json> kinds = new ArrayList<>();
        message.kinds().forEach(kind -> kinds.add(writeKind(kind)));
        kinds.addAll(message.otherKinds());
        Json.Builder signers = Json.object();
        message.signers().forEach((pattern, accounts) -> signers.put(pattern.toString(), Json.texts(accounts)));
        return Json.object()
                .put("kinds", new Json.Arr(kinds))
                .put("extensions", Json.texts(message.extensions()))
                .put("signers", signers.build())
                .putAbsent(message.unknown())
                .build();
    }

    private static SupportedKind readKind(JsonCursor at) {
        PaymentMessages.version(at);
        return new SupportedKind(
                at.member("scheme").id(),
                at.member("network").network(),
                at.optional("extra").map(JsonCursor::object).orElse(null),
                at.others("x402Version", "scheme", "network", "extra"));
    }

    private static Json.Obj writeKind(SupportedKind kind) {
        return Json.object()
                .put("x402Version", 2)
                .put("scheme", kind.scheme())
                .put("network", kind.network().toString())
                .put("extra", kind.extra())
                .putAbsent(kind.unknown())
                .build();
    }

    private static Map<NetworkPattern, List<String>> readSigners(JsonCursor at) {
        Map<NetworkPattern, List<String>> signers = new LinkedHashMap<>();
        for (String name : at.object().members().keySet()) {
            NetworkPattern.find(name)
                    .ifPresent(pattern -> signers.put(pattern, at.member(name).texts()));
        }
        return signers;
    }

    /** The elements of an array that is there; {@code null} stands for none. */
    private static List<JsonCursor> elements(JsonCursor at, String name) {
        return at.object().members().get(name) == Json.Null.NULL
                ? List.of()
                : at.member(name).elements();
    }

    private static String transaction(Optional<JsonCursor> at) {
        return at.filter(there -> !there.value().equals(NO_TEXT))
                .map(JsonCursor::id)
                .orElse("");
    }

    private static Optional<String> said(JsonCursor at, String name) {
        return said(at, name, JsonCursor::text);
    }

    /** What a member says; absent, {@code null} and the empty text are the same. */
    private static <T> Optional<T> said(JsonCursor at, String name, Function<JsonCursor, T> reader) {
        return at.optional(name).filter(there -> !there.value().equals(NO_TEXT)).map(reader);
    }

    /** The members but for those of these that say something. */
    private static Json.Obj unsaid(JsonCursor at, String... known) {
        Json.Obj others = at.others(known);
        for (String name : known) {
            if (!name.equals("transaction")
                    && NO_TEXT.equals(at.object().members().get(name))) {
                others = others.with(name, NO_TEXT);
            }
        }
        return others;
    }
}
