package dev.x402.tck;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a rule on a thread of its own; what hangs, exits or leaks is seen, and the next rule runs. */
final class RuleThread {
    private static final int SLICE_MILLIS = 50;
    private static final int PATIENCE_MILLIS = 500;
    private static final int FRAMES = 4;

    private final String name;
    private final ThreadGroup group;

    private final ExitWatch exits;

    RuleThread(String rule, ExitWatch exits) {
        this.exits = exits;
        this.name = "x402-tck " + rule;
        this.group = new ThreadGroup(name);
    }

    /** How the run ended. */
    sealed interface End {
        record Done() implements End {}

        record Hung(String where) implements End {}

        record Exited() implements End {}
    }

    End run(Runnable work, Duration deadline) {
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(
                group,
                () -> {
                    try {
                        work.run();
                    } finally {
                        done.countDown();
                    }
                },
                name);
        thread.setDaemon(true);
        exits.begins(thread);
        thread.start();
        long end = System.nanoTime() + deadline.toNanos();
        while (System.nanoTime() < end) {
            if (await(done)) {
                exits.ends(thread);
                return new End.Done();
            }
            if (ExitWatch.isExiting(thread)) {
                return new End.Exited();
            }
        }
        exits.ends(thread);
        String where = Arrays.stream(thread.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk."))
                .limit(FRAMES)
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" < "));
        thread.interrupt();
        return new End.Hung(where);
    }

    /** Names of threads that the rule left running; those that end at once are waited for. */
    List<String> left() {
        Thread[] threads = new Thread[group.activeCount() + 8];
        int count = group.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(Objects::nonNull)
                .filter(thread -> !thread.getName().startsWith(name))
                .filter(thread -> !thread.getName()
                        .matches(
                                "ForkJoinPool\\.commonPool.*|HttpClient-.*|Cleaner-.*|CompletableFutureDelayScheduler"))
                .filter(RuleThread::isStaying)
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    private static boolean isStaying(Thread thread) {
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return thread.isAlive();
    }

    private static boolean await(CountDownLatch done) {
        try {
            return done.await(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a rule ran", e);
        }
    }
}
