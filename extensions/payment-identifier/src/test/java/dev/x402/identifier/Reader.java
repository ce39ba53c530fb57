package dev.x402.identifier;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

/** A payer who writes every header by hand. */
final class Reader {
    private final Newsstand stand;
    private final HttpClient http = HttpClient.newHttpClient();

    Reader(Newsstand stand) {
        this.stand = stand;
    }

    /** What is asked for, of whom. */
    record Asking(String method, String path, String body, String tenant) {}

    /** A new payment, without extensions. */
    PaymentPayload payload(String path) throws IOException, InterruptedException {
        HttpResponse<String> challenge =
                http.send(HttpRequest.newBuilder(stand.uri(path)).build(), BodyHandlers.ofString());
        PaymentRequired required = Codec.PAYMENT_REQUIRED.readHeader(
                challenge.headers().firstValue("PAYMENT-REQUIRED").orElseThrow());
        PaymentRequirements offer = required.accepts().get(0);
        Json.Obj proof = stand.buying
                .client(Newsstand.ACH)
                .pay(
                        offer,
                        new PayContext(
                                Json.Obj.EMPTY, offer.amount(), Instant.now().plusSeconds(60)))
                .payload();
        return PaymentPayload.of(required.resource(), offer, proof);
    }

    /** A new payment with this under the extension's key; null for nothing. */
    String payment(String path, Json echo) throws IOException, InterruptedException {
        return header(payload(path), echo);
    }

    static String header(PaymentPayload payload, Json echo) {
        Json.Obj extensions =
                echo == Json.Null.NULL ? Json.Obj.EMPTY : Json.Obj.EMPTY.with(PaymentIdentifier.KEY, echo);
        return Codec.PAYMENT_PAYLOAD.writeHeader(new PaymentPayload(
                payload.resource(), payload.accepted(), payload.payload(), extensions, Json.Obj.EMPTY));
    }

    /** The echo of a declaration, with this as the identifier. */
    static Json named(boolean required, Json id) {
        return Json.object()
                .put(
                        "info",
                        Json.object().put("required", required).put("id", id).build())
                .build();
    }

    static Json named(String id) {
        return named(false, Json.of(id));
    }

    HttpResponse<String> send(String path, String payment) throws IOException, InterruptedException {
        return send(new Asking("GET", path, "", ""), payment);
    }

    HttpResponse<String> send(Asking asking, String payment) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stand.uri(asking.path()))
                .method(
                        asking.method(),
                        asking.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(asking.body()))
                .header("PAYMENT-SIGNATURE", payment)
                .header("Tenant", asking.tenant())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
