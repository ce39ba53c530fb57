package org.town;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The jar of this project in the quickstart, which was built without it; nothing else is added. */
class TheQuickstartIT {
    private static final String JAR = System.getProperty("jar");

    @Test
    void takes_the_token_when_the_jar_is_on_its_class_path() throws Exception {
        Run run = run(classPath() + File.pathSeparator + JAR);
        assertEquals(0, run.code(), run.output());
        assertTrue(
                run.output().contains("verdict: 1 request, 1 transaction, 0.01 TOWN moved from payer to payee"),
                run.output());
    }

    @Test
    void does_not_know_the_token_without_the_jar() throws Exception {
        Run run = run(classPath());
        assertEquals(1, run.code(), run.output());
        assertTrue(
                run.output()
                        .contains("quickstart.token: expected a token of eip155:84532, saw TOWN;"
                                + " put a jar with an AssetSource that names it on the class path"),
                run.output());
    }

    /** What the quickstart was built with: the tests' class path without this project. */
    private static String classPath() {
        List<String> entries = new ArrayList<>(
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator)));
        entries.removeIf(entry -> entry.equals(JAR)
                || entry.matches(".*[/\\\\]target[/\\\\](test-)?classes[/\\\\]?")
                || entry.matches(".*[/\\\\]surefire[^/\\\\]*\\.jar"));
        return String.join(File.pathSeparator, entries);
    }

    private static Run run(String classPath) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dquickstart.token=TOWN",
                        "-classpath",
                        classPath,
                        "dev.x402.quickstart.Quickstart")
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            String text = output.lines().collect(Collectors.joining("\n"));
            return new Run(process.waitFor(), text);
        } finally {
            process.destroyForcibly();
        }
    }

    /** How a program ended. */
    record Run(int code, String output) {}
}
