package dev.x402.benchmarks.load;

import dev.x402.testbed.GuardedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server as a process of its own, and how long it took to answer its first request. */
final class Program implements AutoCloseable {
    private static final String MARKER = "Facilitator listening on ";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final GuardedProcess process;
    private final URI uri;
    private final double startMillis;

    private Program(GuardedProcess process, URI uri, double startMillis) {
        this.process = process;
        this.uri = uri;
        this.startMillis = startMillis;
    }

    static Program start(List<String> command, Map<String, String> environment) throws IOException {
        List<String> whole = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> whole.add(name + "=" + value));
        whole.addAll(command);
        long began = System.nanoTime();
        GuardedProcess.Started started = GuardedProcess.start(whole, MARKER, PATIENCE);
        // some name their address, some only its port
        String port = started.readyLine().replaceAll("\\D+", " ").strip().replaceAll(".* ", "");
        URI uri = URI.create("http://localhost:" + port);
        try (Wire wire = new Wire(uri)) {
            Wire.Reply reply = wire.get("/supported");
            if (reply.status() != 200) {
                throw new IOException(uri + ": expected 200, saw " + reply);
            }
        }
        return new Program(started.process(), uri, (System.nanoTime() - began) / 1e6);
    }

    URI uri() {
        return uri;
    }

    long pid() {
        return process.pid();
    }

    double startMillis() {
        return startMillis;
    }

    /** What it holds of the machine's memory now, in megabytes; 0 where the system does not tell. */
    double residentMegabytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive()) {
            if (System.nanoTime() > until) {
                throw new IOException(
                        uri + ": expected an end within " + PATIENCE + "; its last output: " + process.recentOutput());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
