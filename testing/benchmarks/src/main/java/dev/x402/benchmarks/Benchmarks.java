package dev.x402.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures everything, prints the table, and writes it where it is told. */
public final class Benchmarks {
    private Benchmarks() {}

    /** Reads {@code benchmark.only}, {@code benchmark.forks}, {@code benchmark.seconds} and {@code figures.write}. */
    public static void main(String[] args) throws RunnerException, IOException {
        int seconds = Integer.getInteger("benchmark.seconds", 2);
        Collection<RunResult> runs = new Runner(new OptionsBuilder()
                        .include(System.getProperty("benchmark.only", ".*"))
                        .mode(Mode.AverageTime)
                        .timeUnit(java.util.concurrent.TimeUnit.MICROSECONDS)
                        .forks(Integer.getInteger("benchmark.forks", 5))
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(1)
                        .measurementTime(TimeValue.seconds(seconds))
                        .addProfiler(CpuTime.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, Measured> measured = new TreeMap<>();
        runs.forEach(run -> measured.put(run.getParams().getBenchmark(), Measured.of(run)));
        List<Row> rows = Row.of(measured);
        List<List<String>> lines = dated(rows);
        System.out.print(Paper.table(lines));
        rows.stream()
                .filter(row -> !row.held())
                .forEach(row -> System.out.println("missed: " + row.figure().value()));
        String paper = System.getProperty("figures.write", "");
        if (!paper.isEmpty()) {
            Path file = Path.of(paper);
            Files.writeString(file, Paper.with(Files.readString(file), lines));
        }
    }

    private static List<List<String>> dated(List<Row> rows) {
        String when = LocalDate.now(ZoneOffset.UTC) + ", Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores";
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(row.cells());
            cells.add(when);
            lines.add(cells);
        }
        return lines;
    }
}
