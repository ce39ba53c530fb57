package dev.x402.core;

import dev.x402.spi.RailUnavailableException;

/** What a log may say of an exception. */
public final class Fault {
    private Fault() {}

    /**
     * The exception's type and place; a plugin's message may hold a payload, so it is left out.
     *
     * <p>The message of {@link RailUnavailableException} is made for logs and given instead.
     */
    public static String of(Throwable cause) {
        if (cause instanceof RailUnavailableException) {
            return String.valueOf(cause.getMessage());
        }
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getName() + " at " + (trace.length == 0 ? "an unknown place" : trace[0]);
    }
}
