package dev.x402.benchmarks;

import dev.x402.benchmarks.load.FacilitatorLoad;
import dev.x402.benchmarks.load.SvmLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures everything, prints the tables, and writes them where it is told. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Reads {@code benchmark.only}, {@code benchmark.forks}, {@code benchmark.seconds}, {@code figures.write} and what
     * {@link FacilitatorLoad} reads.
     */
    public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
        String only = System.getProperty("benchmark.only", ".*");
        loops(only);
        if (Pattern.compile(only).matcher(FacilitatorLoad.class.getName()).find()) {
            tell(Paper.LOAD, FacilitatorLoad.measured(Clock.systemUTC()));
        }
        if (Pattern.compile(only).matcher(SvmLoad.class.getName()).find()) {
            tell(Paper.LOAD, SvmLoad.measured(Clock.systemUTC()));
        }
    }

    private static void loops(String only) throws RunnerException, IOException {
        int seconds = Integer.getInteger("benchmark.seconds", 2);
        Collection<RunResult> runs;
        try {
            runs = new Runner(new OptionsBuilder()
                            .include(only)
                            .mode(Mode.AverageTime)
                            .timeUnit(TimeUnit.MICROSECONDS)
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
        } catch (NoBenchmarksException none) {
            return;
        }
        Map<String, Measured> measured = new TreeMap<>();
        runs.forEach(run -> measured.put(run.getParams().getBenchmark(), Measured.of(run)));
        tell(Paper.LOOPS, Row.of(measured).stream().map(Row::cells).toList());
    }

    private static void tell(Paper table, List<List<String>> rows) throws IOException {
        List<List<String>> lines = dated(rows);
        System.out.print(table.table(lines));
        lines.stream()
                .filter(line -> line.stream().anyMatch(cell -> cell.endsWith("missed")))
                .forEach(line -> System.out.println("missed: " + line.get(0)));
        String paper = System.getProperty("figures.write", "");
        if (!paper.isEmpty()) {
            Path file = Path.of(paper);
            Files.writeString(file, table.with(Files.readString(file), lines));
        }
    }

    private static List<List<String>> dated(List<List<String>> rows) {
        String when = LocalDate.now(ZoneOffset.UTC) + ", Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores";
        List<List<String>> lines = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            cells.add(when);
            lines.add(cells);
        }
        return lines;
    }
}
