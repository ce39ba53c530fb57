package dev.x402.interop.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The client of the suite: one paid request, told in one object. */
public final class ClientEntry {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ClientEntry() {}

    /**
     * Asks for the resource that the environment names, and pays.
     *
     * @param variables as in the environment of the suite's clients
     * @return {@code success}, {@code data}, {@code status_code} and {@code payment_response}, or {@code error}
     * @throws IllegalArgumentException naming a variable that is missing or cannot be used
     */
    public static Json.Obj run(Map<String, String> variables, Clock clock) throws IOException, InterruptedException {
        Surroundings surroundings = new Surroundings(variables);
        URI resource = URI.create(surroundings.require("RESOURCE_SERVER_URL") + surroundings.require("ENDPOINT_PATH"));
        Plugins.Builder builder = Plugins.builder().discover().clock(clock);
        Family.of(surroundings).forEach(family -> family.pays(builder, clock));
        try (Plugins plugins = builder.build()) {
            Payer payer = Payer.builder(plugins)
                    .offers(BuyerPolicy.parse("at most 1 USD per payment", "cheapest")
                            .with(plugins))
                    .spend(SpendPolicies.perPayment())
                    .clock(clock)
                    .build();
            PayingClient client =
                    PayingClient.builder(payer, clock).within(PATIENCE).build();
            return told(client.send(HttpRequest.newBuilder(resource).build(), BodyHandlers.ofByteArray()));
        }
    }

    private static Json.Obj told(Outcome<byte[]> outcome) {
        if (outcome instanceof Outcome.Paid<byte[]> paid) {
            return told(paid.response(), paid.receipt());
        }
        if (outcome instanceof Outcome.Free<byte[]> free) {
            return told(free.response(), Optional.empty());
        }
        if (outcome instanceof Outcome.Unknown<byte[]> unknown) {
            Json.Builder result = Json.object().put("success", false).put("error", unknown.message());
            unknown.status().ifPresent(status -> result.put("status_code", status));
            unknown.receipt().ifPresent(receipt -> result.put("payment_response", Codec.SETTLE_RESPONSE.json(receipt)));
            return result.build();
        }
        Outcome.Refused<byte[]> refused = (Outcome.Refused<byte[]>) outcome;
        return Json.object()
                .put("success", false)
                .put("error", refused.why() + ": " + refused.message())
                .build();
    }

    private static Json.Obj told(HttpResponse<byte[]> response, Optional<SettleResponse> receipt) {
        boolean success =
                receipt.map(SettleResponse::success).orElse(response.statusCode() < 300) && response.statusCode() < 300;
        Json.Builder result = Json.object()
                .put("success", success)
                .put("data", data(response.body()))
                .put("status_code", response.statusCode());
        receipt.ifPresent(told -> result.put("payment_response", Codec.SETTLE_RESPONSE.json(told)));
        return result.build();
    }

    /** JSON as it is, anything else as text. */
    private static Json data(byte[] body) {
        try {
            return Codec.JSON.read(body);
        } catch (MalformedMessageException noJson) {
            return Json.of(new String(body, UTF_8));
        }
    }
}
