package dev.x402.siwx;

import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signed message as it travels in the header: base64 of JSON.
 *
 * @param type kind of signature, such as {@code eip191}
 * @param signature in its form on the wire
 */
record Proof(SignInMessage message, String type, String signature) {
    /** The header of the proof. */
    static final String HEADER = "SIGN-IN-WITH-X";

    private static final String POINTER = "/extensions/sign-in-with-x";
    private static final int LONGEST = 2048;
    private static final int MOST_RESOURCES = 17;

    /**
     * Reads the value of the header, within 8 KiB.
     *
     * @throws Unproven when it has not the form of a proof
     */
    static Proof read(String header) {
        JsonCursor at = decoded(header);
        if (!(at.value() instanceof Json.Obj)) {
            throw new Unproven(Codes.PAYLOAD, "proof: expected an object, saw another value");
        }
        SignInMessage message = new SignInMessage(
                word(at, "domain", Codes.DOMAIN, 260),
                network(at),
                word(at, "address", Codes.ADDRESS, 128),
                statement(at),
                word(at, "uri", Codes.URI, LONGEST),
                word(at, "version", Codes.VERSION, 8),
                word(at, "nonce", Codes.NONCE, 64),
                word(at, "issuedAt", Codes.ISSUED_AT, 40),
                optional(at, "expirationTime", Codes.EXPIRATION_TIME, 40),
                optional(at, "notBefore", Codes.NOT_BEFORE, 40),
                optional(at, "requestId", Codes.PAYLOAD, 128),
                resources(at));
        return new Proof(
                message, word(at, "type", Codes.TYPE, 32), word(at, "signature", Codes.MALFORMED_SIGNATURE, 4096));
    }

    /** The value of the header. */
    String header() {
        return Codec.JSON.writeHeader(json());
    }

    Json.Obj json() {
        return Json.object()
                .put("domain", message.domain())
                .put("address", message.address())
                .put("statement", message.statement())
                .put("uri", message.uri())
                .put("version", message.version())
                .put("chainId", message.network().toString())
                .put("type", type)
                .put("nonce", message.nonce())
                .put("issuedAt", message.issuedAt())
                .put("expirationTime", message.expirationTime())
                .put("notBefore", message.notBefore())
                .put("requestId", message.requestId())
                .put("resources", message.resources() == null ? null : Json.texts(message.resources()))
                .put("signature", signature)
                .build();
    }

    private static JsonCursor decoded(String header) {
        try {
            return JsonCursor.at(POINTER, Codec.JSON.readHeader(header));
        } catch (MalformedMessageException e) {
            throw new Unproven(Codes.PAYLOAD, "proof: expected base64 of a JSON object within 8 KiB, saw another text");
        }
    }

    private static Network network(JsonCursor at) {
        return Network.find(word(at, "chainId", Codes.CHAIN_ID, 41))
                .orElseThrow(() ->
                        new Unproven(Codes.CHAIN_ID, "chainId: expected CAIP-2 such as eip155:8453, saw another text"));
    }

    private static @Nullable String statement(JsonCursor at) {
        Optional<JsonCursor> statement = at.optional("statement");
        if (statement.isEmpty()) {
            return null;
        }
        if (statement.get().value() instanceof Json.Str text && SignInMessage.isStatement(text.value(), LONGEST)) {
            return text.value();
        }
        throw new Unproven(Codes.PAYLOAD, "statement: expected one line of text, saw another value");
    }

    private static @Nullable List<String> resources(JsonCursor at) {
        Optional<JsonCursor> resources = at.optional("resources");
        if (resources.isEmpty()) {
            return null;
        }
        if (!(resources.get().value() instanceof Json.Arr all) || all.elements().size() > MOST_RESOURCES) {
            throw new Unproven(
                    Codes.PAYLOAD, "resources: expected at most " + MOST_RESOURCES + " addresses, saw another value");
        }
        List<String> read = new ArrayList<>();
        for (Json one : all.elements()) {
            read.add(word(one, "resources", Codes.PAYLOAD, LONGEST));
        }
        return read;
    }

    private static @Nullable String optional(JsonCursor at, String name, ErrorCode code, int longest) {
        Optional<JsonCursor> member = at.optional(name);
        return member.isEmpty() ? null : word(member.get().value(), name, code, longest);
    }

    private static String word(JsonCursor at, String name, ErrorCode code, int longest) {
        Json member = at.object().find(name).orElse(Json.Null.NULL);
        if (member == Json.Null.NULL) {
            throw new Unproven(code, name + ": expected a text, saw nothing");
        }
        return word(member, name, code, longest);
    }

    private static String word(Json value, String name, ErrorCode code, int longest) {
        if (value instanceof Json.Str text && SignInMessage.isWord(text.value(), longest)) {
            return text.value();
        }
        throw new Unproven(
                code, name + ": expected 1 to " + longest + " printable characters without spaces, saw another value");
    }

    /** The message's domain and network; nothing that is signed. */
    @Override
    public String toString() {
        return "proof of " + message;
    }
}
