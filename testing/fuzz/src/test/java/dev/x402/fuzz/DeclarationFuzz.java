package dev.x402.fuzz;

import dev.x402.bazaar.Declaration;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;

/** What a seller declares, with the schema that it brings along. */
public final class DeclarationFuzz {
    private DeclarationFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Json json;
        try {
            json = Codec.JSON.read(data);
        } catch (MalformedMessageException refusal) {
            return;
        }
        if (!(json instanceof Json.Obj declaration)) {
            return;
        }
        try {
            Decoding.same(Json.Obj.EMPTY.with("bazaar", declaration), Declaration.checked(declaration));
        } catch (IllegalArgumentException refusal) {
            if (!String.valueOf(refusal.getMessage()).startsWith("bazaar: ")) {
                throw refusal;
            }
            Decoding.readable(refusal);
        }
    }
}
