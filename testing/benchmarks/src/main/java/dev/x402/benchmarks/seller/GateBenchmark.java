package dev.x402.benchmarks.seller;

import dev.x402.benchmarks.Figure;
import dev.x402.benchmarks.market.InstantFacilitator;
import dev.x402.benchmarks.market.Shell;
import dev.x402.core.Pause;
import dev.x402.core.seller.Completion;
import dev.x402.core.seller.Decision;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.ResourceRequest;
import dev.x402.core.seller.WayToPay;
import dev.x402.spec.Codec;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Bytes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A route with one way to pay, behind a gate with claims in memory and a facilitator that answers at once. */
@State(Scope.Benchmark)
public class GateBenchmark {
    private static final String URL = "https://shop.example/report";
    private static final Bytes RESPONSE = Bytes.of("a".repeat(200).getBytes(StandardCharsets.US_ASCII));

    private final Clock clock = Clock.systemUTC();
    private final Facilitator facilitator = new InstantFacilitator();
    private final ResourceRequest unpaid = ResourceRequest.of("GET", "report", "/report", URL);
    private final Plugins plugins = Plugins.builder()
            .add(new Shell())
            .add(new Shell.Coast())
            .add(new Shell.Dollars())
            .build();
    private final PaymentGate gate = PaymentGate.builder(plugins)
            .facilitator(facilitator)
            .claims(InMemoryClaimStore.builder(clock)
                    .maxEntries(10_000_000)
                    .keepResponses(Duration.ofMillis(100))
                    .remember(Duration.ofSeconds(1))
                    .build())
            .clock(clock)
            .pause(Pause.ofThreads())
            .route(PricedRoute.of(
                    "report",
                    WayToPay.by(Shell.KIND)
                            .price(Price.money("0.01", "USD"))
                            .payTo(Shell.PAYEE)
                            .build()))
            .build();

    private PaymentRequirements offer;
    private String header;
    private long nonce;

    /** Called by JMH. */
    public GateBenchmark() {
        offer = challenge().accepts().get(0);
        header = Codec.PAYMENT_PAYLOAD.writeHeader(Shell.payment(offer, 0));
    }

    private PaymentRequired challenge() {
        if (gate.decide(unpaid) instanceof Decision.Challenge challenge) {
            return challenge.required();
        }
        throw new IllegalStateException("expected a challenge");
    }

    /** The message that a challenge holds, written down from a constant offer. */
    @Benchmark
    public Object theMessageAlone() {
        return new Decision.Challenge(
                PaymentRequired.of("payment required", ResourceInfo.of(URL), List.of(offer)),
                java.util.Optional.empty(),
                "payment required",
                java.util.Optional.empty());
    }

    /** A request without payment is answered. */
    @Benchmark
    @Figure(value = "PaymentGate: an unpaid request to its 402", baseline = "theMessageAlone", atMost = 5)
    public Object challenged() {
        return gate.decide(unpaid);
    }

    /** The payment is made and the facilitator asked, without any gate. */
    @Benchmark
    public void theFacilitatorAlone(Blackhole hole) {
        PaymentPayload payload = Shell.payment(offer, ++nonce);
        Payment payment = new Payment(payload, offer, "");
        Verification verification = facilitator.verify(payment, clock.instant());
        Settlement settlement = facilitator.settle(payment, clock.instant());
        hole.consume(unpaid.withPayment(payload));
        hole.consume(verification);
        hole.consume(settlement);
    }

    /** A paid request is decided, its response kept, settled and released. */
    @Benchmark
    @Figure(
            value = "PaymentGate: a paid request, from decision to release",
            baseline = "theFacilitatorAlone",
            besidesBaseline = true,
            atMost = 50)
    public Completion paid() {
        Decision decision = gate.decide(unpaid.withPayment(Shell.payment(offer, ++nonce)));
        if (decision instanceof Decision.Admit admit
                && admit.admission().finish(RESPONSE) instanceof Completion.Release released) {
            return released;
        }
        throw new IllegalStateException("expected a release, saw " + decision);
    }

    /** The header's JSON is read as a tree. */
    @Benchmark
    public Object theTreeAlone() {
        return Codec.JSON.readHeader(header);
    }

    /** The header is read as a payment and compared with the offer. */
    @Benchmark
    @Figure(
            value = "Codec: a payment's header, read and compared with the offer",
            baseline = "theTreeAlone",
            atMost = 20)
    public boolean decodedAndMatched() {
        return Codec.PAYMENT_PAYLOAD.readHeader(header).accepted().equals(offer);
    }

    /** Closes the plugins. */
    @TearDown
    public void close() {
        plugins.close();
    }
}
