package dev.x402.scheme.exact.svm;

import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The proof that a payer sends: a transaction that he signed and whose fee is another's. */
final class ExactPayload {
    static final String MEMBER = "transaction";
    static final String POINTER = "/payload/" + MEMBER;
    private static final int MAX_CHARACTERS = (WireTransaction.MAX_BYTES + 2) / 3 * 4;

    private ExactPayload() {}

    static Json.Obj of(WireTransaction transaction) {
        return Json.Obj.EMPTY.with(MEMBER, Base64.getEncoder().encodeToString(transaction.toBytes()));
    }

    /** @throws MalformedMessageException when there is no such text */
    static String text(Json.Obj payload) {
        return JsonCursor.at("/payload", payload).member(MEMBER).text();
    }

    /** @throws MalformedMessageException when the text is no transaction; it is never quoted */
    static WireTransaction decode(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw WireReader.malformed(
                    "base64 of at most " + WireTransaction.MAX_BYTES + " bytes", text.length() + " characters");
        }
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1); // what is of no alphabet stays so
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(characters);
        } catch (IllegalArgumentException foreign) {
            throw WireReader.malformed("base64", "another character or length");
        }
        if (!Arrays.equals(Base64.getEncoder().encode(bytes), characters)) {
            throw WireReader.malformed("base64 with its padding and no spare bits", "another spelling");
        }
        return WireTransaction.parse(bytes);
    }

    static WireTransaction parse(Json.Obj payload) {
        return decode(text(payload));
    }
}
