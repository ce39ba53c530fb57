package dev.x402.tck;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What was thrown, in one line. */
final class Thrown {
    private static final int LONGEST = 200;

    private Thrown() {}

    static String told(Throwable thrown) {
        String message = thrown.getMessage();
        String where = origin(thrown)
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .orElse("");
        return thrown.getClass().getName() + (message == null ? "" : ": " + shortened(message)) + where;
    }

    /** Whether the kit's own code threw, not the plugin or its fixture. */
    static boolean byTheKit(Throwable thrown) {
        return origin(thrown)
                .filter(frame -> frame.getClassName().matches("dev\\.x402\\.tck\\.[A-Z].*"))
                .isPresent();
    }

    private static Optional<StackTraceElement> origin(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk.")
                        && !frame.getClassName().startsWith("dev.x402.spec.")
                        && !frame.getClassName().toLowerCase(Locale.ROOT).startsWith("sun."))
                .findFirst();
    }

    private static String shortened(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
