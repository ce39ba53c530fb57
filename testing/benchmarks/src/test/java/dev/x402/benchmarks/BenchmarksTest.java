package dev.x402.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, and the table says what was measured. */
final class BenchmarksTest {
    private static Collection<RunResult> runs;

    @BeforeAll
    static void each_runs_once() throws RunnerException {
        runs = new Runner(new OptionsBuilder()
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .addProfiler(CpuTime.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    @Test
    void every_benchmark_runs_and_has_its_cpu_time() {
        Set<BenchmarkListEntry> known = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());
        assertTrue(known.size() >= 6, () -> "benchmarks: " + known);
        assertEquals(known.size(), runs.size());
        runs.forEach(run -> assertTrue(Measured.of(run).cpu() >= 0));
    }

    @Test
    void every_benchmark_is_a_figure_or_the_baseline_of_one() {
        Map<String, Measured> measured = new TreeMap<>();
        runs.forEach(run -> measured.put(run.getParams().getBenchmark(), Measured.of(run)));
        List<Row> rows = Row.of(measured);
        assertEquals(
                rows.size(),
                rows.stream().map(row -> row.figure().value()).distinct().count(),
                "two figures with one name");
        List<String> used = rows.stream().map(Row::baseline).toList();
        List<String> unused = measured.keySet().stream()
                .filter(name -> Row.figure(name) == null)
                .filter(name -> !used.contains(name.substring(name.lastIndexOf('.') + 1)))
                .toList();
        assertEquals(List.of(), unused);
    }

    @Test
    void a_figure_without_its_baseline_is_no_row() {
        String challenged = "dev.x402.benchmarks.seller.GateBenchmark.challenged";
        assertEquals(
                challenged + " names the baseline theMessageAlone, which was not measured",
                assertThrows(IllegalStateException.class, () -> Row.of(Map.of(challenged, new Measured(1, 1))))
                        .getMessage());
    }

    @Test
    void what_is_asked_besides_the_baseline_is_counted_without_it() {
        String gate = "dev.x402.benchmarks.seller.GateBenchmark.";
        Row row = Row.of(Map.of(
                        gate + "paid", new Measured(70, 62.25), gate + "theFacilitatorAlone", new Measured(12, 12.5)))
                .get(0);
        assertTrue(row.held());
        assertEquals(
                List.of(
                        "PaymentGate: a paid request, from decision to release",
                        "49.8",
                        "58",
                        "theFacilitatorAlone (subtracted)",
                        "12.5",
                        "12",
                        "50"),
                row.cells());
    }

    @Test
    void what_was_missed_says_so() {
        String gate = "dev.x402.benchmarks.seller.GateBenchmark.";
        Row row = Row.of(Map.of(
                        gate + "challenged", new Measured(4, 5.01), gate + "theMessageAlone", new Measured(0.03, 0.03)))
                .get(0);
        assertEquals("5, missed", row.cells().get(6));
    }

    @Test
    void what_is_asked_may_be_a_multiple_of_the_baseline() {
        String transfer = "dev.x402.benchmarks.evm.TransferBenchmark.";
        Map<String, Measured> measured = new TreeMap<>(Map.of(
                transfer + "verified",
                new Measured(60, 50),
                transfer + "theNativeRecoveryAlone",
                new Measured(30, 25)));
        assertEquals("50", Row.of(measured).get(0).cells().get(6));
        measured.put(transfer + "verified", new Measured(60, 50.1));
        assertEquals("50, missed", Row.of(measured).get(0).cells().get(6));
    }

    @Test
    void the_median_is_the_middle_one() {
        assertEquals(3, Measured.median(9, 1, 3, 2, 100));
        assertEquals(1, Measured.median(2, 1));
    }

    @Test
    void rows_replace_their_like_and_leave_the_others() {
        List<String> a = List.of("a", "1", "2", "b", "3", "4", "", "today");
        List<String> b = List.of("b", "5", "6", "c", "7", "8", "9", "today");
        List<String> newer = List.of("a", "0", "2", "b", "3", "4", "", "tomorrow");
        String paper = Paper.LOOPS.with("# Figures\n\n## before\n\nx\n", List.of(a, b));
        String more = Paper.LOOPS.with(paper + "\n## after\n\ny\n", List.of(newer));
        assertEquals(paper.replace(String.join(" | ", a), String.join(" | ", newer)) + "\n## after\n\ny\n", more);
        assertTrue(paper.startsWith("# Figures\n\n## before\n\nx\n\n## testing/benchmarks\n\n"), paper);
    }
}
