package dev.x402.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Fuzzes each target for {@code fuzz.seconds}, two JVMs side by side; {@code fuzz.only} names one of them. */
@EnabledIfSystemProperty(named = "fuzz.seconds", matches = "[1-9]\\d*")
class FuzzTest {
    private static final Path HERE = Path.of("target/fuzz").toAbsolutePath();
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);
    private static final int STARTING = 240;

    @Test
    void no_input_is_found_that_a_target_does_not_take() throws Exception {
        String only = System.getProperty("fuzz.only", "");
        List<Class<?>> targets = Targets.ALL.stream()
                .filter(target -> only.isEmpty() || target.getSimpleName().equals(only))
                .toList();
        assertTrue(!targets.isEmpty(), "fuzz.only: expected a target, saw " + only);
        ExecutorService two = Executors.newFixedThreadPool(2);
        TreeMap<String, Future<String>> runs = new TreeMap<>();
        targets.forEach(target -> runs.put(target.getSimpleName(), two.submit(() -> fuzz(target))));
        List<String> found = new ArrayList<>();
        for (var run : runs.entrySet()) {
            String result = run.getValue().get();
            System.out.println("fuzz: " + run.getKey() + " " + result);
            if (!DONE.matcher(result).find()) {
                found.add(run.getKey() + " " + result);
            }
        }
        two.shutdown();
        assertEquals(
                List.of(),
                found,
                "copy what was found to " + Corpus.directory(Targets.ALL.get(0)).getParent());
    }

    private static String fuzz(Class<?> target) throws IOException, InterruptedException {
        Path work = Files.createDirectories(HERE.resolve(target.getSimpleName()));
        Path log = work.resolve("log.txt");
        Process jazzer = new ProcessBuilder(command(target, work))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!jazzer.waitFor(SECONDS + STARTING, TimeUnit.SECONDS)) {
                return "did not end; see " + log;
            }
        } finally {
            jazzer.destroyForcibly();
        }
        String said = Files.readString(log);
        Matcher done = DONE.matcher(said);
        try (Stream<Path> files = Files.list(work)) {
            List<String> inputs = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("(crash|timeout|oom|slow-unit)-.*"))
                    .sorted()
                    .toList();
            return jazzer.exitValue() == 0 && inputs.isEmpty() && done.find()
                    ? done.group()
                    : "broke on " + inputs + "; see " + log;
        }
    }

    private static List<String> command(Class<?> target, Path work) throws IOException {
        Path found = Files.createDirectories(work.resolve("corpus"));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=dev.x402.**:org.snakeyaml.engine.**",
                "--custom_hook_includes=dev.x402.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-max_total_time=" + SECONDS,
                "-max_len=16384",
                "-rss_limit_mb=3000",
                "-timeout=30",
                found.toString(),
                Corpus.directory(target).toAbsolutePath().toString());
    }
}
