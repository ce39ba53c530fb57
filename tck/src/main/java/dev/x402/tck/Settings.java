package dev.x402.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How to run, from the platform's configuration parameters or system properties {@code x402.tck.…}.
 *
 * @param only ids of the rules to run; none stands for all
 * @param seed of all randomness
 * @param deadline of each rule
 * @param strict whether a warning is a failure
 * @param known ids of the rules that are known to fail
 * @param facilitator that is judged over HTTP instead of the plugin's own
 * @param report the folder that gets a folder for each class
 */
record Settings(
        Set<String> only,
        long seed,
        Duration deadline,
        boolean strict,
        Set<String> known,
        Optional<URI> facilitator,
        Path report) {
    private static final long SEED = 402;
    private static final long SECONDS = 30;

    static Settings of(Function<String, Optional<String>> parameter) {
        return new Settings(
                parameter
                        .apply("x402.tck.only")
                        .map(text -> ids(Arrays.asList(text.split(","))))
                        .orElse(Set.of()),
                parameter.apply("x402.tck.seed").map(Settings::number).orElse(SEED),
                parameter
                        .apply("x402.tck.deadline-millis")
                        .map(text -> Duration.ofMillis(number(text)))
                        .orElse(Duration.ofSeconds(SECONDS)),
                parameter.apply("x402.tck.strict").map(Boolean::parseBoolean).orElse(false),
                parameter
                        .apply("x402.tck.known-failing")
                        .map(file -> read(Path.of(file)))
                        .orElse(Set.of()),
                parameter.apply("x402.tck.facilitator").map(URI::create),
                Path.of(parameter.apply("x402.tck.report").orElse("target/x402-tck")));
    }

    /** A remote facilitator is judged by the rules for verifying and settling alone. */
    boolean runs(Rule rule) {
        return (only.isEmpty() || only.contains(rule.id()))
                && (facilitator.isEmpty() || rule.id().matches("X402-(VERIFY|SETTLE)-.*"));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("x402.tck: expected a whole number, saw \"" + text + "\"", e);
        }
    }

    /** One id a line; what follows {@code #} says why. */
    private static Set<String> read(Path file) {
        try {
            return ids(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException("x402.tck.known-failing: cannot read " + file, e);
        }
    }

    private static Set<String> ids(Iterable<String> lines) {
        Predicate<String> said = id -> !id.isEmpty();
        Set<String> ids = new TreeSet<>();
        lines.forEach(line ->
                Optional.of(line.replaceAll("#.*", "").strip()).filter(said).ifPresent(ids::add));
        return ids;
    }
}
