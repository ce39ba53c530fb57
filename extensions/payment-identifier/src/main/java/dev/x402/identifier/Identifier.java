package dev.x402.identifier;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The name that a payment came with: absent, malformed, or good. */
sealed interface Identifier {
    int SHORTEST = 16;
    int LONGEST = 128;

    record Absent() implements Identifier {}

    /** What is wrong, without what was seen of it. */
    record Malformed(String message) implements Identifier {}

    record Named(String id) implements Identifier {}

    /** A new name: {@code pay_} and 128 random bits. */
    static String random(SecureRandom random) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return "pay_" + HexFormat.of().formatHex(bits);
    }

    static Identifier of(PaymentPayload payload) {
        String at = "extensions." + PaymentIdentifier.KEY;
        Json echoed = payload.extensions() == null
                ? Json.Null.NULL
                : payload.extensions().find(PaymentIdentifier.KEY).orElse(Json.Null.NULL);
        if (echoed == Json.Null.NULL) {
            return new Absent();
        }
        if (!(echoed instanceof Json.Obj members)) {
            return new Malformed(at + ": expected an object, saw " + kind(echoed));
        }
        Json info = members.find("info").orElse(Json.Null.NULL);
        if (info == Json.Null.NULL) {
            return new Absent();
        }
        return info instanceof Json.Obj obj
                ? named(at + ".info.id", obj.find("id").orElse(Json.Null.NULL))
                : new Malformed(at + ".info: expected an object, saw " + kind(info));
    }

    private static Identifier named(String at, Json id) {
        if (id == Json.Null.NULL) {
            return new Absent();
        }
        if (!(id instanceof Json.Str str)) {
            return new Malformed(at + ": expected a string, saw " + kind(id));
        }
        String text = str.value();
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            return new Malformed(
                    at + ": expected " + SHORTEST + " to " + LONGEST + " characters, saw " + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean fits = letter || (c >= '0' && c <= '9') || c == '_' || c == '-';
            if (!fits) {
                return new Malformed(at + ": expected letters, digits, hyphens and underscores, saw another character"
                        + " at index " + i);
            }
        }
        return new Named(text);
    }

    private static String kind(Json value) {
        if (value instanceof Json.Obj) {
            return "an object";
        }
        if (value instanceof Json.Arr) {
            return "an array";
        }
        if (value instanceof Json.Str) {
            return "a string";
        }
        return value instanceof Json.Num ? "a number" : "a boolean";
    }
}
