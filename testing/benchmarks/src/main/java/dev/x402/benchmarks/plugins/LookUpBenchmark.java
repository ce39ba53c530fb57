package dev.x402.benchmarks.plugins;

import dev.x402.benchmarks.Figure;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.plugins.Plugins;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thousand schemes: five hundred names, each for a family of networks and for one network of it. */
@State(Scope.Benchmark)
public class LookUpBenchmark {
    private static final int NAMES = 500;

    private final List<Kind> kinds = IntStream.range(0, NAMES)
            .boxed()
            .flatMap(i -> Stream.of(kind(i, "coast:1"), kind(i, "coast:2"), kind(i, "desert:1")))
            .toList();
    private final Plugins plugins;
    private final Map<Kind, PaymentScheme> map = new HashMap<>();
    private int next;

    /** Called by JMH. */
    public LookUpBenchmark() {
        Plugins.Builder builder = Plugins.builder();
        for (int i = 0; i < NAMES; i++) {
            builder.add(new Named(name(i), NetworkPattern.parse("coast:*")));
            builder.add(new Named(name(i), NetworkPattern.parse("coast:1")));
        }
        plugins = builder.build();
        kinds.forEach(kind -> plugins.scheme(kind).ifPresent(scheme -> map.put(kind, scheme)));
    }

    /** Each kind in turn is looked up in a map; a third is not there. */
    @Benchmark
    public Object aMapAlone() {
        return Optional.ofNullable(map.get(kind()));
    }

    /** Each kind in turn is looked up: by its own pattern, by its family's, not there. */
    @Benchmark
    @Figure(value = "Plugins: a scheme looked up among a thousand", baseline = "aMapAlone", atMost = 1)
    public Object scheme() {
        return plugins.scheme(kind());
    }

    /** Closes the plugins. */
    @TearDown
    public void close() {
        plugins.close();
    }

    private Kind kind() {
        next = next + 1 == kinds.size() ? 0 : next + 1;
        return kinds.get(next);
    }

    private static Kind kind(int number, String network) {
        return new Kind(name(number), Network.parse(network));
    }

    private static String name(int number) {
        return "scheme" + number;
    }

    private record Named(String name, NetworkPattern networks) implements PaymentScheme {
        @Override
        public PaymentKey key(Payment payment) {
            return new PaymentKey(name);
        }
    }
}
