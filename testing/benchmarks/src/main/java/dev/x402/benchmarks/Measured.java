package dev.x402.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * The medians of one benchmark's forks.
 *
 * @param wall microseconds for each operation
 * @param cpu microseconds of CPU for each operation
 */
record Measured(double wall, double cpu) {
    static Measured of(RunResult run) {
        return new Measured(
                median(run, iteration -> iteration.getPrimaryResult().getScore()),
                median(
                        run,
                        iteration -> requireNonNull(
                                        iteration.getSecondaryResults().get(CpuTime.NAME))
                                .getScore()));
    }

    Measured minus(Measured other) {
        return new Measured(wall - other.wall, cpu - other.cpu);
    }

    private static double median(RunResult run, ToDoubleFunction<IterationResult> score) {
        return median(run.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .mapToDouble(score)
                .toArray());
    }

    /** The middle one; of two middle ones the lower. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
