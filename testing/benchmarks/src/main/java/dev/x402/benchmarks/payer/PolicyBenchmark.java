package dev.x402.benchmarks.payer;

import dev.x402.benchmarks.Figure;
import dev.x402.benchmarks.market.Shell;
import dev.x402.core.payer.BoundPolicy;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Candidate;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.plugins.Plugins;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Sixteen offers, of which a policy of ten rules allows ten. */
@State(Scope.Benchmark)
public class PolicyBenchmark {
    private static final String URL = "https://shop.example/report";

    private final Plugins plugins = Plugins.builder()
            .add(new Shell())
            .add(new Shell.Coast())
            .add(new Shell.Dollars())
            .build();
    private final BoundPolicy policy = BuyerPolicy.parse(
                    "prefer beach:9, beach:5",
                    "avoid beach:0, beach:1",
                    "avoid beach:2",
                    "only USDS",
                    "only scheme shell",
                    "only payee " + Shell.PAYEE,
                    "only host shop.example, *.example.org",
                    "flows authorization",
                    "at most 0.0150 USD per payment",
                    "cheapest")
            .with(plugins);
    private final List<Candidate> payable = IntStream.range(0, 16)
            .mapToObj(number -> candidate(Shell.beach(number), 10_000 + 400L * number))
            .toList();
    private final PaymentRequired challenge = PaymentRequired.of(
            "payment required",
            ResourceInfo.of(URL),
            payable.stream().map(Candidate::offer).toList());

    /** Called by JMH. */
    public PolicyBenchmark() {
        if (policy.choose(URL, challenge, payable).preferred().size() != 10) {
            throw new IllegalStateException("expected ten allowed, saw "
                    + policy.choose(URL, challenge, payable).preferred());
        }
    }

    private Candidate candidate(Network network, long amount) {
        AssetId asset = Shell.asset(network);
        return new Candidate(
                PaymentRequirements.of(
                        new Kind("shell", network),
                        AtomicAmount.of(amount),
                        asset.reference(),
                        Shell.PAYEE,
                        300,
                        Json.Obj.EMPTY.with("name", "Shell").with("version", "2")),
                asset,
                plugins.asset(asset),
                plugins.network(network));
    }

    /** The offers sorted by amount, without any rule. */
    @Benchmark
    public Object sortedByAmount() {
        return payable.stream()
                .sorted(Comparator.comparing(
                        candidate -> candidate.offer().amount().value()))
                .toList();
    }

    /** The policy puts them in its order. */
    @Benchmark
    @Figure(value = "BuyerPolicy: choosing among 16 offers with ten rules", baseline = "sortedByAmount", atMost = 10)
    public Object chosen() {
        return policy.choose(URL, challenge, payable);
    }

    /** The policy says of each why, and the words are put together. */
    @Benchmark
    @Figure(
            value = "BuyerPolicy: explaining 16 offers with ten rules, as text",
            baseline = "sortedByAmount",
            atMost = 100)
    public Object explained() {
        return policy.explain(URL, challenge).toString();
    }

    /** Closes the plugins. */
    @TearDown
    public void close() {
        plugins.close();
    }
}
