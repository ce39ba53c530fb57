package dev.x402.interop;

import dev.x402.testbed.GuardedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A program of this module around the reference implementation, as a process that dies with the JVM. */
public record Program(GuardedProcess process, List<URI> uris) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String MARKER = "listening on ";

    /**
     * Starts a program and waits until it listens.
     *
     * @param script in {@code programs}, such as {@code client.mjs}
     */
    public static Program start(String script, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(
                List.of("node", module().resolve("programs").resolve(script).toString()));
        GuardedProcess.Started started = GuardedProcess.start(command, MARKER, PATIENCE);
        String line = started.readyLine();
        String ports = line.substring(line.indexOf(MARKER) + MARKER.length()).strip();
        return new Program(
                started.process(),
                Arrays.stream(ports.split(",", -1))
                        .map(port -> URI.create("http://localhost:" + port))
                        .toList());
    }

    /** The first address. */
    public URI uri() {
        return uris.get(0);
    }

    /** Where this module is. */
    public static Path module() {
        try (InputStream resource = Program.class.getResourceAsStream("peers.properties")) {
            Properties properties = new Properties();
            properties.load(resource);
            return Path.of(properties.getProperty("module"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("dev/x402/interop/peers.properties cannot be read", unreadable);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
