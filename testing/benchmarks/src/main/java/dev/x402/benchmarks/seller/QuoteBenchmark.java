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
import dev.x402.core.seller.QuoteKeys;
import dev.x402.core.seller.ResourceRequest;
import dev.x402.core.seller.WayToPay;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.plugins.Plugins;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A route whose price is a function of the request: each 402 carries a signed quote, each payment proves one. */
@State(Scope.Benchmark)
public class QuoteBenchmark {
    private static final Bytes RESPONSE = Bytes.of("a".repeat(200).getBytes(StandardCharsets.US_ASCII));

    private final byte[] message = new byte[256];
    private final SecretKeySpec key = new SecretKeySpec(new byte[32], "HmacSHA256");
    private final Facilitator facilitator = new InstantFacilitator();
    private final Clock clock = Clock.systemUTC();
    private final ResourceRequest unpaid =
            ResourceRequest.of("GET", "report", "/report", "https://shop.example/report");
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
            .quotes(QuoteKeys.random(new SecureRandom()))
            .route(PricedRoute.builder("report")
                    .way(WayToPay.by(Shell.KIND)
                            .price(request ->
                                    Price.atomic(10_000L + request.target().length()))
                            .payTo(Shell.PAYEE)
                            .build())
                    .quoteFor(Duration.ofHours(1))
                    .build())
            .build();

    private final PaymentRequirements quote = challenge();
    private long nonce;

    private PaymentRequirements challenge() {
        if (gate.decide(unpaid) instanceof Decision.Challenge challenge) {
            return challenge.required().accepts().get(0);
        }
        throw new IllegalStateException("expected a challenge");
    }

    /** The code of a quote, over as many bytes as one has. */
    @Benchmark
    public byte[] theCodeAlone() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return mac.doFinal(message);
    }

    /** A request without payment is answered by a quote. */
    @Benchmark
    @Figure(
            value = "PaymentGate: an unpaid request to its 402 with a signed quote",
            baseline = "theCodeAlone",
            besidesBaseline = true,
            atMost = 5)
    public Object quoted() {
        return gate.decide(unpaid);
    }

    /** The payment is made and the facilitator asked, without any gate. */
    @Benchmark
    public void theFacilitatorAlone(Blackhole hole) {
        PaymentPayload payload = Shell.payment(quote, ++nonce);
        Payment payment = new Payment(payload, quote, "");
        hole.consume(facilitator.verify(payment, clock.instant()));
        hole.consume(facilitator.settle(payment, clock.instant()));
        hole.consume(unpaid.withPayment(payload));
    }

    /** A request is paid by its quote, its response kept, settled and released. */
    @Benchmark
    @Figure(
            value = "PaymentGate: a request paid by its quote, from decision to release",
            baseline = "theFacilitatorAlone",
            besidesBaseline = true,
            atMost = 50)
    public Completion paidByQuote() {
        Decision decision = gate.decide(unpaid.withPayment(Shell.payment(quote, ++nonce)));
        if (decision instanceof Decision.Admit admit
                && admit.admission().finish(RESPONSE) instanceof Completion.Release released) {
            return released;
        }
        throw new IllegalStateException("expected a release, saw " + decision);
    }

    /** Closes the plugins. */
    @TearDown
    public void close() {
        plugins.close();
    }
}
