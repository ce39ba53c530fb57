package dev.x402.interop;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** The reference client, which pays by its own fetch. */
record SdkClient(URI program) {
    /**
     * Asks for a resource and pays.
     *
     * @param sign members of the requirements that are replaced for the signature alone
     */
    Answer pay(URI resource, Json.Obj sign) throws IOException, InterruptedException {
        return pay(
                Json.object().put("url", resource.toString()).put("sign", sign).build());
    }

    /** Asks for a resource and pays by a wallet that adds so many guards to a transaction before it signs. */
    Answer payGuarded(URI resource, int guards) throws IOException, InterruptedException {
        return pay(Json.object()
                .put("url", resource.toString())
                .put("wallet", Json.object().put("guards", guards).build())
                .build());
    }

    /** Asks for a resource and pays, naming the payment where the server asks for names. */
    Answer named(URI resource, String id) throws IOException, InterruptedException {
        return pay(Json.object().put("url", resource.toString()).put("id", id).build());
    }

    /** Asks for a resource and signs in where the server asks for it; pays where that does not let in. */
    Answer signingIn(URI resource) throws IOException, InterruptedException {
        return pay(Json.object()
                .put("url", resource.toString())
                .put("signIn", true)
                .build());
    }

    private Answer pay(Json.Obj order) throws IOException, InterruptedException {
        byte[] told = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(program.resolve("/fetch"))
                                .POST(BodyPublishers.ofByteArray(Codec.JSON.write(order)))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
        JsonCursor result = Codec.JSON.read(told).cursor();
        Optional<JsonCursor> failure = result.optional("error");
        if (failure.isPresent()) {
            throw new IllegalStateException(
                    "the reference client threw: " + failure.get().text());
        }
        return new Answer(
                result.member("status").integer(0),
                result.member("body").text(),
                result.optional("payment").map(JsonCursor::text),
                result.optional("receipt").map(JsonCursor::value).map(Codec.SETTLE_RESPONSE::of),
                result.optional("required").map(JsonCursor::value).map(Codec.PAYMENT_REQUIRED::of));
    }
}
