package dev.x402.tck;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the JVM alive when a plugin ends it, until the other rules have run; then it ends with status 1.
 *
 * <p>A shutdown hook may take its time: while it waits, the thread that called {@code System.exit} stands still and the
 * others go on. An end that no rule asked for is not held up.
 */
final class ExitWatch implements AutoCloseable {
    private static final int LAST_WORDS_SECONDS = 3;

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "x402-tck exit watch");

    ExitWatch() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void begins(Thread thread) {
        running.add(thread);
    }

    void ends(Thread thread) {
        running.remove(thread);
    }

    /** Whether the thread waits inside {@code System.exit}. */
    static boolean isExiting(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            over.countDown();
        }
    }

    private void hold() {
        if (running.stream().noneMatch(ExitWatch::isExiting)) {
            return;
        }
        try {
            over.await();
            new CountDownLatch(1).await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
