package dev.x402.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process that dies with the JVM, even when the JVM is killed.
 *
 * <p>A watcher shell holds the read end of a pipe from the JVM; when the pipe closes, it kills the child. The child's
 * standard input is empty. Needs a POSIX shell: Linux, macOS, or Windows' subsystem for Linux.
 */
public final class GuardedProcess implements AutoCloseable {

    /** The shell becomes the child, so the child's id is the one Java knows; its watcher stays behind. */
    private static final String SCRIPT = "exec 3<&0;"
            + " (read -r farewell <&3 || kill -KILL $$) >/dev/null 2>&1 &"
            + " exec \"$0\" \"$@\" </dev/null 3<&-";

    private static final int REMEMBERED_LINES = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final Deque<String> recentLines = new ArrayDeque<>();
    private final CompletableFuture<String> marked = new CompletableFuture<>();

    private GuardedProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts a command and waits for the line that says it is ready.
     *
     * @param command the program and its arguments
     * @param marker what the awaited line of output contains
     * @param patience how long to wait for it
     * @throws IllegalStateException when the process ends or the time passes first; the message has its last lines
     */
    public static Started start(List<String> command, String marker, Duration patience) {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", SCRIPT));
        guarded.addAll(command);
        Process process;
        try {
            process = new ProcessBuilder(guarded).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot start sh, which guards " + command.get(0), missing);
        }
        GuardedProcess guard = new GuardedProcess(command.get(0), process);
        Thread reader = new Thread(() -> guard.read(marker), "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
        return new Started(guard, guard.awaitReady(marker, patience));
    }

    /**
     * A process and the line that said it is ready.
     *
     * @param process the running process
     * @param readyLine the whole line
     */
    public record Started(GuardedProcess process, String readyLine) {}

    /** Returns the operating system's id of the child. */
    public long pid() {
        return process.pid();
    }

    /** Tells whether the child still exists; a paused one does. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops the child from running; it keeps its memory and its open connections. */
    public void pause() {
        signal("STOP");
    }

    /** Lets a paused child run on. */
    public void resume() {
        signal("CONT");
    }

    /** Kills the child at once and waits until it is gone; does nothing when it is. */
    @Override
    public void close() {
        try (OutputStream watcher = process.getOutputStream()) {
            watcher.write('\n');
        } catch (IOException alreadyGone) {
            // The watcher went together with the child.
        }
        process.destroyForcibly();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " (process " + pid() + ") survived SIGKILL for " + PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the last lines that the child wrote. */
    public List<String> recentOutput() {
        synchronized (recentLines) {
            return List.copyOf(recentLines);
        }
    }

    private String awaitReady(String marker, Duration patience) {
        try {
            return marked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            close();
            throw new IllegalStateException(failure("said no \"" + marker + "\" within " + patience), late);
        } catch (ExecutionException ended) {
            close();
            throw new IllegalStateException(failure("ended before it said \"" + marker + "\""), ended);
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was not awaited: the thread was interrupted", interrupted);
        }
    }

    private String failure(String what) {
        return name + " " + what + "; its last output: " + recentOutput();
    }

    private void read(String marker) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (recentLines) {
                    recentLines.addLast(line);
                    if (recentLines.size() > REMEMBERED_LINES) {
                        recentLines.removeFirst();
                    }
                }
                if (line.contains(marker)) {
                    marked.complete(line);
                }
            }
            marked.completeExceptionally(new IOException("end of output"));
        } catch (IOException closed) {
            marked.completeExceptionally(closed);
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid())
                    .redirectErrorStream(true)
                    .start();
            int exit = kill.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(
                        "cannot send SIG" + signal + " to " + name + " (process " + pid() + "): kill answered " + exit);
            }
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot start sh to send SIG" + signal, missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("SIG" + signal + " may not have arrived: interrupted", interrupted);
        }
    }
}
