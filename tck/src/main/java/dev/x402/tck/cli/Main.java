package dev.x402.tck.cli;

/** Runs the kit: {@code java -jar x402-tck.jar acme-plugin.jar}. */
public final class Main {
    private Main() {}

    private static final String SILENCE = "slf4j.internal.verbosity";

    /** Ends the JVM with 0 when conformant, 1 when not, 2 when not judged. */
    public static void main(String[] args) {
        System.setProperty(SILENCE, "ERROR");
        Runtime.getRuntime().halt(flushed(new CommandLine(System.out, System.err).run(args)));
    }

    /** What a plugin left running must not keep the command from ending. */
    private static int flushed(int status) {
        System.out.flush();
        System.err.flush();
        return status;
    }
}
