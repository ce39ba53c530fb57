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
    public void tell(String format, Object... arguments) {
        out.printf("  %6d ms  %s%n", elapsed().toMillis(), String.format(format, arguments));
    }

    /** Adds a detail to what was told. */
    public void detail(String format, Object... arguments) {
        out.printf("             %s%n", String.format(format, arguments));
    }

    /** The time since the scene began. */
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }
}
