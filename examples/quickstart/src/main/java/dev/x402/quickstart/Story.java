package dev.x402.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Prints what happens, with the time since the scene began. */
public final class Story {
    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final long begin;

    Story(PrintStream out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Says that something happened. */
    public void tell(String what) {
        out.printf("  %6d ms  %s%n", elapsed().toMillis(), what);
    }

    /** Adds a detail to what was told. */
    public void detail(String what) {
        out.printf("             %s%n", what);
    }

    /** The time since the scene began. */
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }
}
