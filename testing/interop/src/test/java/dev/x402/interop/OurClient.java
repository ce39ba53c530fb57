package dev.x402.interop;

import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.PaymentIntent;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.Codec;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Our client with a key. */
final class OurClient implements AutoCloseable {
    private final Clock clock;
    private final Plugins plugins;
    private final PayingClient client;
    private final HttpClient http = HttpClient.newHttpClient();

    OurClient(DevAccount account, Clock clock) {
        this(account, clock, Duration.ofSeconds(60));
    }

    OurClient(DevAccount account, Clock clock, Duration within) {
        this.clock = clock;
        plugins = Plugins.builder()
                .discover()
                .port(EvmSigner.class, LocalEvmSigner.parse(account.privateKey()))
                .clock(clock)
                .build();
        Payer payer = Payer.builder(plugins)
                .offers(BuyerPolicy.parse("at most 1 USD per payment", "cheapest")
                        .with(plugins))
                .spend(SpendPolicies.perPayment())
                .clock(clock)
                .build();
        client = PayingClient.builder(payer, clock).within(within).build();
    }

    /** Asks for a resource and pays, as an application does. */
    Outcome<String> send(URI resource) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(resource).build(), BodyHandlers.ofString());
    }

    /** Comes again with the payment of an earlier request. */
    Outcome<String> send(URI resource, PaymentIntent intent) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(resource).build(), BodyHandlers.ofString(), intent);
    }

    /**
     * Asks for a resource and pays by hand.
     *
     * @param sign what is signed instead of the offer, which is accepted all the same
     */
    Answer pay(URI resource, UnaryOperator<PaymentRequirements> sign) throws IOException, InterruptedException {
        return present(resource, sign(resource, sign));
    }

    /** Returns a payment header for what a resource asks. */
    String sign(URI resource, UnaryOperator<PaymentRequirements> sign) throws IOException, InterruptedException {
        HttpResponse<String> unpaid = http.send(HttpRequest.newBuilder(resource).build(), BodyHandlers.ofString());
        PaymentRequired required = Codec.PAYMENT_REQUIRED.readHeader(
                unpaid.headers().firstValue(HeaderNames.PAYMENT_REQUIRED).orElseThrow());
        PaymentRequirements offer = required.accepts().get(0);
        PaymentPayload payload = PaymentPayload.of(
                required.resource(),
                offer,
                plugins.client(offer.kind())
                        .pay(
                                sign.apply(offer),
                                new PayContext(
                                        Json.Obj.EMPTY,
                                        offer.amount(),
                                        clock.instant().plusSeconds(10)))
                        .payload());
        return Codec.PAYMENT_PAYLOAD.writeHeader(payload);
    }

    /** Sends a payment header. */
    Answer present(URI resource, String payment) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(resource)
                        .setHeader(HeaderNames.PAYMENT_SIGNATURE, payment)
                        .build(),
                BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body(),
                Optional.of(payment),
                response.headers().firstValue(HeaderNames.PAYMENT_RESPONSE).map(Codec.SETTLE_RESPONSE::readHeader),
                response.headers().firstValue(HeaderNames.PAYMENT_REQUIRED).map(Codec.PAYMENT_REQUIRED::readHeader));
    }

    @Override
    public void close() {
        plugins.close();
    }
}
