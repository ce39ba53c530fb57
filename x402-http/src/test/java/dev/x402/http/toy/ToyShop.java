package dev.x402.http.toy;

import dev.x402.core.Flow;
import dev.x402.core.Pause;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.QuoteKeys;
import dev.x402.core.seller.ResourceRequest;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.IncomingRequest;
import dev.x402.http.server.PaidRoutes;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.Facilitator;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** A seller and a buyer of toys with everything around them. */
public final class ToyShop implements AutoCloseable {
    public static final PaymentRequirements OFFER =
            PaymentRequirements.of(Toy.KIND, AtomicAmount.of(25), "coin", "payee", 60, Json.Obj.EMPTY);

    public final Clock clock = Clock.systemUTC();
    public final Toy toy = new Toy();
    public final ToyBank bank = new ToyBank();
    public final Plugins plugins;
    /** What replicas of this shop share. */
    private final ClaimStore claims = InMemoryClaimStore.builder(clock).build();

    public final PaymentGate gate;

    /** What a byte of the body costs on the route {@code sized}. */
    public volatile long tariff = 10;

    public ToyShop(PaymentExtension... extensions) {
        Plugins.Builder builder = Plugins.builder()
                .clock(clock)
                .random(new SecureRandom())
                .add(toy)
                .add(new Toy.Playground())
                .add(new Toy.Purse());
        for (PaymentExtension extension : extensions) {
            builder.add(extension);
        }
        plugins = builder.build();
        gate = gate(bank);
    }

    private PaymentGate gate(Facilitator facilitator) {
        return PaymentGate.builder(plugins)
                .facilitator(facilitator)
                .claims(claims)
                .clock(clock)
                .pause(Pause.ofThreads())
                .waitInFlight(Duration.ofMillis(100))
                .route(PricedRoute.of("toy", way().build()))
                .quotes(QuoteKeys.random(new SecureRandom()))
                .route(PricedRoute.of("sized", way().price(this::bySize).build()))
                .route(PricedRoute.of("first", way().flow(Flow.UPFRONT).build()))
                .build();
    }

    private Price bySize(ResourceRequest request) {
        try {
            return Price.atomic(tariff
                    * request.attribute(IncomingRequest.class)
                            .orElseThrow()
                            .body(1_000)
                            .orElseThrow()
                            .size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WayToPay.Builder way() {
        return WayToPay.by(Toy.KIND)
                .price(Price.atomic(25))
                .payTo("payee")
                .asset("coin")
                .maxTimeoutSeconds(60);
    }

    /** Routes of a further gate, which shares the claims and asks another facilitator. */
    public PaidRoutes.Builder routesBy(Facilitator facilitator, String origin) {
        return PaidRoutes.builder(gate(facilitator), URI.create(origin));
    }

    public PaidRoutes.Builder routes() {
        return routes("https://shop.example");
    }

    public PaidRoutes.Builder routes(String origin) {
        return PaidRoutes.builder(gate, URI.create(origin));
    }

    public Payer payer() {
        return Payer.builder(plugins)
                .clock(clock)
                .offers(BuyerPolicy.parse("at most 100 atomic " + Toy.COIN + " per payment"))
                .spend(SpendPolicies.perPayment())
                .build();
    }

    /** The value of PAYMENT-SIGNATURE of a valid payment. */
    public static String payment(String nonce) {
        return payment(nonce, "valid");
    }

    /** The value of PAYMENT-SIGNATURE of a valid payment that moves before the work. */
    public static String first(String nonce) {
        return Codec.PAYMENT_PAYLOAD.writeHeader(PaymentPayload.of(
                null,
                OFFER.withExtra(Json.Obj.EMPTY.with("paymentFlow", "upfront")),
                Json.Obj.EMPTY.with("nonce", nonce).with("signature", "valid")));
    }

    public static String payment(String nonce, String signature) {
        return Codec.PAYMENT_PAYLOAD.writeHeader(PaymentPayload.of(
                null, OFFER, Json.Obj.EMPTY.with("nonce", nonce).with("signature", signature)));
    }

    @Override
    public void close() {
        plugins.close();
    }
}
