package dev.x402.core.router;

import dev.x402.core.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs work on the given threads and waits no longer than its deadline. */
final class Deadlines {
    private final Executor executor;
    private final Clock clock;

    Deadlines(Executor executor, Clock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** What came of a call. */
    sealed interface Answer<T> {
        /** It answered. */
        record Came<T>(T value) implements Answer<T> {}

        /** It threw, or did not end in time; what it did is not known. */
        record Unknown<T>(String why) implements Answer<T> {}

        /** It did not begin and never will. */
        record NotBegun<T>(String why) implements Answer<T> {}
    }

    /**
     * Calls and waits.
     *
     * @param ended runs once, when the work is over or will never begin; late work is still work
     * @param interrupt whether late work is interrupted; else it goes on unheard
     */
    <T> Answer<T> call(Callable<T> work, Runnable ended, Instant by, boolean interrupt) {
        AtomicBoolean begun = new AtomicBoolean();
        FutureTask<T> task = new FutureTask<>(() -> {
            if (!begun.compareAndSet(false, true)) {
                throw new CancellationException("given up before it began");
            }
            try {
                return work.call();
            } finally {
                ended.run();
            }
        });
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            ended.run();
            return new Answer.NotBegun<>("no thread takes the call");
        }
        try {
            Duration left = Duration.between(clock.instant(), by);
            return new Answer.Came<>(task.get(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return new Answer.Unknown<>(Fault.of(e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException e) {
            return givenUp(task, begun, ended, interrupt, "no answer by the deadline");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return givenUp(task, begun, ended, interrupt, "the waiting thread was interrupted");
        }
    }

    private static <T> Answer<T> givenUp(
            FutureTask<T> task, AtomicBoolean begun, Runnable ended, boolean interrupt, String why) {
        if (begun.compareAndSet(false, true)) {
            task.cancel(false);
            ended.run();
            return new Answer.NotBegun<>(why);
        }
        if (interrupt) {
            task.cancel(true);
        }
        return new Answer.Unknown<>(why);
    }
}
