package dev.x402.benchmarks.payer;

import dev.x402.benchmarks.Figure;
import dev.x402.benchmarks.market.Shell;
import dev.x402.core.payer.Budgets;
import dev.x402.core.payer.Candidate;
import dev.x402.core.payer.InMemoryBudgetLedger;
import dev.x402.core.payer.SpendPolicy;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.BudgetLedger;
import dev.x402.spi.plugins.Plugins;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Three budgets with room for everything, in memory, and a thousand hosts that were paid before. */
@State(Scope.Benchmark)
public class BudgetBenchmark {
    private static final String URL = "https://shop.example/report?of=today";
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final BigDecimal PRICE = new BigDecimal("0.010000");
    private static final BigDecimal ROOM = new BigDecimal("1000000000");

    private final Clock clock = Clock.systemUTC();
    private final Plugins plugins = Plugins.builder()
            .add(new Shell())
            .add(new Shell.Coast())
            .add(new Shell.Dollars())
            .build();
    private final BudgetLedger ledger = InMemoryBudgetLedger.builder(clock).build();
    private final Budgets budgets = Budgets.of(
            plugins,
            ledger,
            "1000000000 USD per host per hour",
            "1000000000 USD per payee per day",
            "1000000000 USD per day");
    private final Candidate candidate;
    private final List<BudgetLedger.Line> lines;

    /** Called by JMH. */
    public BudgetBenchmark() {
        Network network = Shell.beach(0);
        AssetId asset = Shell.asset(network);
        candidate = new Candidate(
                PaymentRequirements.of(
                        Shell.KIND, AtomicAmount.of(10_000), asset.reference(), Shell.PAYEE, 60, Json.Obj.EMPTY),
                asset,
                plugins.asset(asset),
                plugins.network(network));
        lines = List.of(line("host", "shop.example"), line("payee", ""), line("all", ""));
        for (int i = 0; i < 1_000; i++) {
            if (budgets.reserve("https://shop" + i + ".example/", candidate)
                    instanceof SpendPolicy.Answer.Granted granted) {
                granted.hold().commit(clock.instant().plusSeconds(60));
            }
        }
    }

    private static BudgetLedger.Line line(String budget, String host) {
        return new BudgetLedger.Line(
                new BudgetLedger.Account(budget, "", "", host), PRICE, ROOM, Optional.of(Duration.ofHours(1)));
    }

    /** The host of the address is read, which a budget per host cannot do without. */
    @Benchmark
    public String theHostAlone() {
        return URI.create(URL).getHost();
    }

    /** Three budgets are looked at, an amount is reserved under all of them, and released. */
    @Benchmark
    @Figure(
            value = "Budgets: a reservation under three budgets, and its release",
            baseline = "theHostAlone",
            atMost = 2)
    public void reservedAndReleased() {
        hold().release();
    }

    /** An amount is reserved under three budgets and spent. */
    @Benchmark
    @Figure(value = "Budgets: a reservation under three budgets, and its commit", baseline = "theHostAlone")
    public void reservedAndCommitted() {
        hold().commit(Instant.EPOCH);
    }

    private SpendPolicy.Hold hold() {
        if (budgets.reserve(URL, candidate) instanceof SpendPolicy.Answer.Granted granted) {
            return granted.hold();
        }
        throw new IllegalStateException("expected room");
    }

    /** The time is read. */
    @Benchmark
    public Instant theTimeAlone() {
        return clock.instant();
    }

    /** The ledger alone reserves three amounts. */
    @Benchmark
    @Figure(
            value = "BudgetLedger in memory: three amounts reserved and released",
            baseline = "theTimeAlone",
            atMost = 2)
    public void lines() {
        if (ledger.reserve(lines, LEASE) instanceof BudgetLedger.Answer.Held held) {
            ledger.release(held.reservation());
        }
    }

    /** Closes the plugins. */
    @TearDown
    public void close() {
        plugins.close();
    }
}
