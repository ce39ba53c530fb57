package dev.x402.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask again as soon as they are answered. */
final class ClosedLoop {
    private ClosedLoop() {}

    /** One request and its answer on a connection; throws when it is not answered as it must be. */
    @FunctionalInterface
    interface Exchange<T> {
        void run(Wire wire, T request) throws IOException;
    }

    /**
     * What the clients saw.
     *
     * @param answered how many requests, all of them well
     * @param perSecond as many of them each second
     * @param medianMillis of an answer
     * @param p99Millis at most so long took 99 of 100
     */
    record Seen(int answered, double perSecond, double medianMillis, double p99Millis) {}

    /** Runs until the time is over or each request was asked once; one that began is waited for. */
    static <T> Seen run(URI server, int clients, Duration time, List<T> requests, Exchange<T> exchange)
            throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                wires.add(new Wire(server));
            }
            long start = System.nanoTime();
            long end = start + time.toNanos();
            List<Future<List<Long>>> running = new ArrayList<>();
            for (Wire wire : wires) {
                running.add(threads.submit(() -> {
                    List<Long> nanos = new ArrayList<>();
                    for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
                        long began = System.nanoTime();
                        if (began >= end) {
                            break;
                        }
                        exchange.run(wire, requests.get(i));
                        nanos.add(System.nanoTime() - began);
                    }
                    return nanos;
                }));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> client : running) {
                all.addAll(client.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            for (Wire wire : wires) {
                wire.close();
            }
            return seen(all, seconds);
        } catch (ExecutionException failed) {
            throw new IOException(server + ": a client failed", failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Seen seen(List<Long> nanos, double seconds) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Seen(
                sorted.length,
                sorted.length / seconds,
                millis(sorted, sorted.length / 2),
                millis(sorted, sorted.length * 99 / 100));
    }

    private static double millis(long[] sorted, int index) {
        return sorted[Math.min(index, sorted.length - 1)] / 1e6;
    }
}
